"""The few dialogs; never one inside another."""
