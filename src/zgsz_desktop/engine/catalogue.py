"""All texts of errors: code → what happened and what was kept, what to do. Chinese, for people who know WPS.

Every code is raised somewhere in `src` and asserted in a test (tests/unit/test_catalogue.py checks both).
Placeholders are filled from the error's context. One block per area; keep codes sorted inside a block.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One entry: `message` says what happened and what was kept, `remedy` what to do."""

    message: str
    remedy: str


# fmt: off
CATALOGUE: dict[str, Text] = {
    # --- program
    "bug.unexpected": Text("程序内部出错，已填写的内容都在。", "请把详情发给技术支持，然后重新打开程序。"),
    # --- indicators and scoring
    # --- roster and reference
    "credit_code.character": Text("第 {position} 位“{character}”不是数字或大写字母。", "请对照营业执照改正。"),
    "credit_code.check": Text("第 18 位校验码不对，应为 {expected}。", "请对照营业执照逐位核对，也可能是前面某一位抄错了。"),
    "credit_code.foreign_division": Text("第 3–8 位登记机关区划是 {division}，不在广西。", "外省登记的企业不用改；否则请对照营业执照核对。"),
    "credit_code.length": Text("统一社会信用代码应为 18 位，现为 {length} 位。", "请对照营业执照补全；老的 15 位注册号请换成统一社会信用代码。"),
    "credit_code.letter": Text("第 {position} 位是字母 {letter}，统一社会信用代码不用 I、O、S、V、Z，可能是{meant}。", "请对照营业执照改正。"),
    "credit_code.organisation": Text("第 17 位组织机构代码校验码一般应为 {expected}，与此不同。", "少数老代码如此，请对照营业执照核对一次。"),
    # --- identity
    # --- records
    "record.bad_signature": Text("签名与内容对不上：这条记录被改动过，没有收下。", "请向原填写人要原件重新导出，不要使用被改过的文件。"),
    "record.envelope": Text("有一行不是规定的签名格式，没有收下。", "请对方用最新版程序重新导出。"),
    "record.form": Text("记录的“{field}”一项不合规定，没有收下。", "请对方用最新版程序重新导出。"),
    "record.not_canonical": Text("记录的写法不合规定，没有收下。", "请对方用最新版程序重新导出。"),
    "record.too_deep": Text("记录的嵌套超过 {limit} 层，没有收下。", "请对方用最新版程序重新导出。"),
    "record.too_long": Text("有一行超过 {limit} 字节，没有收下。", "请对方减少这一条的内容后重新导出。"),
    "record.unknown_suite": Text("这条记录用了本程序不认识的签名算法，没法核对，没有收下。", "请升级到最新版程序后重新汇总。"),
    "record.unsigned": Text("这条记录没有签名，没有收下。", "请对方在程序里签名提交后重新导出。"),
    # --- package
    # --- store and files
    "store.backup_failed": Text("升级前没能备份工作区（{path}），原来的数据没有动。", "请确认磁盘有足够的空间、文件夹可以写入，再打开一次。"),
    "store.busy": Text("另一个程序正在写入这个工作区，本次修改没有保存。", "请等它做完（或关闭另一个窗口），再试一次。"),
    "store.cannot_open": Text("打不开工作区文件（{path}），数据没有动。", "请确认这个文件夹存在，并且您有权读写它。"),
    "store.damaged": Text("工作区文件已损坏（{path}），本次修改没有保存。", "请不要继续填写，先复制整个文件夹留存，再用 backup 文件夹里的备份恢复，或联系技术支持。"),
    "store.disk_failed": Text("读写磁盘时出错，本次修改没有保存，之前保存的都在。", "请检查磁盘或 U 盘是否松动、已拔出，再试一次。"),
    "store.disk_full": Text("磁盘已满，本次修改没有保存，之前保存的都在。", "请清理出一些空间，再试一次。"),
    "store.exists": Text("这里已经有一个工作区（{path}），没有改动它。", "请直接打开它，或另选一个文件夹。"),
    "store.needs_upgrade": Text("这个工作区是旧版程序建的（版本 {theirs}，本程序用版本 {ours}），只查看时不升级它。", "请先用本程序正常打开一次，程序会自动备份并升级。"),
    "store.newer": Text("这个工作区由更新的程序建立（版本 {theirs}），本程序只认到版本 {ours}，没有改动它。", "请安装最新版程序后再打开。"),
    "store.not_a_workspace": Text("这个文件不是本程序的工作区（{path}），没有改动它。", "请选择正确的工作区文件夹。"),
    "store.not_found": Text("这里没有工作区（{path}）。", "请选择正确的文件夹，或新建一个工作区。"),
    "store.read_only": Text("工作区所在的文件夹不能写入（{path}），本次修改没有保存。", "请把整个文件夹复制到可以写入的磁盘，再打开。"),
    "store.upgrade_failed": Text("工作区升级没有成功，仍停在版本 {reached}（应为 {wanted}），数据都在。", "升级前的备份是 backup 文件夹里的 {copy}，请把它和详情发给技术支持。"),
    "file.disk_full": Text("磁盘空间不够，“{name}”没有写成，原有的文件没有改动。", "请清理磁盘，或换一个有空间的文件夹再试一次。"),
    "file.no_folder": Text("文件夹“{folder}”不存在，“{name}”没有写成。", "请换一个文件夹再试；如果是 U 盘，请看看是否已经拔出。"),
    "file.not_writable": Text("文件夹“{folder}”不能写入，“{name}”没有写成，原有的文件没有改动。", "请换一个文件夹；如果这个文件正在 WPS 等程序中打开，请先关闭它再试一次。"),
    "file.read_back": Text("“{name}”写入后读回的内容不一致，没有采用，原有的文件没有改动。", "磁盘或 U 盘可能已损坏，请换一个再试一次。"),
    "file.write_failed": Text("“{name}”没有写成，原有的文件没有改动。", "请换一个文件名或文件夹再试一次；仍然不行，请把详情发给技术支持。"),
    # --- drafts and submissions
    # --- reports
    # --- command line
}
# fmt: on
