"""A realistic synthetic region, deterministic by seed: values only, for demo, tests, benches and training.

How it is marked as simulated: every profile has the key `simulated: true`, every roster line the remark 模拟, and the
region's title begins with 模拟. Company names themselves stay plain, because lists, forms and searches should be tried
with names as they really look; credit codes come from an organisation series (MY…) that is not in use.
"""

MARK = "模拟"
"""The word that titles, remarks and names of simulated workspaces carry."""
