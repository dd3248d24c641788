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
    "answer.exclusive": Text("{title}：选项“{key}”不能和其他选项同时选，没有保存这次改动。", "请只留下它，或去掉它。"),
    "answer.form": Text("{title}：{field} 的写法不对，没有保存这次改动。", "请重新填写这一项。"),
    "answer.input_conflict": Text("“{name}”在两道题里填得不一样（{first} 和 {second}），没有算分。", "这是同一个数，请改成一致。"),
    "answer.na_not_allowed": Text("{title}：这道题不能填“不适用”，没有保存这次改动。", "请选一个选项；拿不准可以标“存疑”。"),
    "answer.number_form": Text("{title}：“{name}”不是有效的数字，没有保存这次改动。", "请填数字，整数部分不超过 15 位，小数不超过 9 位。"),
    "answer.number_range": Text("{title}：“{name}”应{limit}，没有保存这次改动。", "请核对后重新填写。"),
    "answer.number_whole": Text("{title}：“{name}”应是整数，没有保存这次改动。", "请填不带小数的数。"),
    "answer.one_choice": Text("{title}：只能选一项，没有保存这次改动。", "请只留下一个选项。"),
    "answer.partial": Text("{title}：不能标“部分达到下一级”，没有保存这次改动。", "已是最高一级，或这道题只看整级，请去掉这个标记。"),
    "answer.profile": Text("企业概况的“{field}”写法不对，没有算分。", "请在企业档案里改正。"),
    "answer.ratio_above_max": Text("{title}：算出来是 {value}，超过了 {limit}，没有保存这次改动。", "请核对“{name}”，它不应大于总数。"),
    "answer.requires": Text("{title}：选“{key}”要先满足 {needs}，没有保存这次改动。", "请把前面几项也选上，或去掉“{key}”。"),
    "answer.unknown_input": Text("{title}：没有“{name}”这个数字，没有保存这次改动。", "请用最新的诊断体系重新填写。"),
    "answer.unknown_option": Text("{title}：没有选项“{key}”，没有保存这次改动。", "请从列出的选项里选。"),
    "answer.zero_denominator": Text("{title}：“{name}”是 0，没法算比率，没有保存这次改动。", "请填大于 0 的数；没有数据时直接选档。"),
    "indicators.invalid": Text("{name} 有 {count} 处写得不对，没有载入。", "请逐处修改后再试：{listing}。"),
    "indicators.unknown": Text("没有找到诊断体系“{name}”。", "现有的是：{known}；请改用其中之一，或向上级要来体系文件。"),
    "indicators.unreadable": Text("{name} 读不出来（{detail}），没有载入。", "请换一份完好的文件再试。"),
    "score_file.form": Text("答案文件的写法不对（{detail}），没有算分。", "请按 profile、answers 两部分写成 JSON 再试。"),
    "score_file.too_large": Text("答案文件超过 {limit} MB，没有读。", "请确认选对了文件，去掉多余的内容。"),
    # --- roster and reference
    "credit_code.character": Text("第 {position} 位“{character}”不是数字或大写字母。", "请对照营业执照改正。"),
    "credit_code.check": Text("第 18 位校验码不对，应为 {expected}。", "请对照营业执照逐位核对，也可能是前面某一位抄错了。"),
    "credit_code.foreign_division": Text("第 3–8 位登记机关区划是 {division}，不在广西。", "外省登记的企业不用改；否则请对照营业执照核对。"),
    "credit_code.length": Text("统一社会信用代码应为 18 位，现为 {length} 位。", "请对照营业执照补全；老的 15 位注册号请换成统一社会信用代码。"),
    "credit_code.letter": Text("第 {position} 位是字母 {letter}，统一社会信用代码不用 I、O、S、V、Z，可能是{meant}。", "请对照营业执照改正。"),
    "credit_code.organisation": Text("第 17 位组织机构代码校验码一般应为 {expected}，与此不同。", "少数老代码如此，请对照营业执照核对一次。"),
    "roster.blank": Text("“{field}”没有填。", "请补上后重新导入。"),
    "roster.broken": Text("名录文件“{name}”已损坏，读不出来，没有导入任何企业。", "请用 WPS 或 Excel 打开它，另存为 .xlsx 后重试；打不开就向对方重新要一份。"),
    "roster.code_as_number": Text("统一社会信用代码是按数字存的，末尾几位已被表格软件改成 0。", "请把这一列设为“文本”格式，对照营业执照重新填写。"),
    "roster.column_missing": Text("没有“{field}”一列，导入后这一项为空。", "现场诊断时可以补填。"),
    "roster.column_twice": Text("有几列都像“{field}”，按 {taken} 列读取，没有用 {others} 列。", "如果不对，请删去多余的列后重新导入。"),
    "roster.duplicate": Text("统一社会信用代码 {code} 与第 {first} 行重复。", "一家企业只留一行；如果是两家，请核对代码。"),
    "roster.empty": Text("名录文件“{name}”里没有内容，没有导入任何企业。", "请确认选对了文件，并且名录不在隐藏的工作表里。"),
    "roster.encrypted": Text("名录文件“{name}”设有打开密码，没有导入任何企业。", "请用 WPS 或 Excel 打开，去掉密码后另存为 .xlsx。"),
    "roster.has_errors": Text("名录里有 {count} 处错误，一家企业也没有导入。第一处是：{first}。", "请在表格里改正全部错误后重新导入。"),
    "roster.large_revenue": Text("营业收入 {value} 万元大得不寻常。", "请核对金额单位，现按“{unit}”读取。"),
    "roster.no_enterprises": Text("名录文件“{name}”的工作表“{sheet}”里只有表头，没有企业。", "请确认选对了文件。"),
    "roster.no_header": Text("在名录文件“{name}”的前 {lines} 行里没有找到表头，没有导入任何企业。", "表头里要有“企业名称”和“统一社会信用代码”两列。"),
    "roster.not_county": Text("“{value}”不是县（市、区）。", "请填到县（市、区）一级。"),
    "roster.not_number": Text("“{field}”应是{want}，现为“{value}”。", "请改成{want}；确实没有就留空。"),
    "roster.not_xlsx": Text("“{name}”不是 Excel 工作簿（.xlsx），而是{kind}，没有导入任何企业。", "请用 WPS 或 Excel 打开它，另存为 .xlsx 后重试。"),
    "roster.old_xls": Text("“{name}”是旧版 Excel 文件（.xls），改后缀不能变成 .xlsx，没有导入任何企业。", "请用 WPS 或 Excel 打开它，另存为“Excel 工作簿（.xlsx）”后重试。"),
    "roster.other_sheet": Text("只读取了工作表“{sheet}”；工作表“{other}”也像名录，没有读取。", "如果也要导入，请把它另存为单独的文件。"),
    "roster.out_of_range": Text("“{field}”的值 {value} 不合常理。", "请核对数值和单位。"),
    "roster.required_column": Text("工作表“{sheet}”第 {row} 行像是表头，但没有{missing}一列，没有导入任何企业。", "请补上这一列，或把列名改成这样后重试。"),
    "roster.row_skipped": Text("这一行（{text}）不像企业，已跳过。", "如果它是企业，请补上统一社会信用代码。"),
    "roster.same_name": Text("企业名称“{name}”与第 {first} 行相同，代码不同。", "如果是同一家企业，请只留一行。"),
    "roster.too_large": Text("名录文件“{name}”太大（超过 {limit} MB），没有导入任何企业。", "请删去图片和多余的工作表，或分成几个文件导入。"),
    "roster.too_long": Text("“{field}”有 {length} 个字，最多 {limit} 个字。", "请缩短后重新导入。"),
    "roster.too_many_rows": Text("名录文件“{name}”超过 {limit} 行，没有导入任何企业。", "请按县区分成几个文件导入。"),
    "roster.unit_assumed": Text("表头没有写金额单位，按“{unit}”读取。", "如果不对，请在表头注明单位，例如“营业收入（万元）”，再重新导入。"),
    "roster.unknown_division": Text("查无县区“{value}”。", "请填县（市、区）名称或六位区划代码；高新区、经开区等功能区，请填所在的县区。"),
    "roster.unknown_industry": Text("行业“{value}”不在《国民经济行业分类》的工业部分。", "请填四位行业代码，例如 3216；不清楚就留空。"),
    "roster.unknown_process_type": Text("生产类型“{value}”看不懂。", "请填“离散”或“流程”，不清楚就留空。"),
    "roster.unreadable": Text("打不开名录文件“{name}”（{reason}），没有导入任何企业。", "请确认文件还在，并在 WPS 或 Excel 里关闭它后重试。"),
    # --- identity
    # --- records
    "record.authority_author": Text("这条记录是用签发机构的密钥签的（{holder}），没有收下。", "签发密钥只用来开通和吊销；请由科员或服务员本人签名后重新导出。"),
    "record.bad_signature": Text("签名与内容对不上：这条记录被改动过，没有收下。", "请向原填写人要原件重新导出，不要使用被改过的文件。"),
    "record.envelope": Text("有一行不是规定的签名格式，没有收下。", "请对方用最新版程序重新导出。"),
    "record.form": Text("记录的“{field}”一项不合规定，没有收下。", "请对方用最新版程序重新导出。"),
    "record.not_canonical": Text("记录的写法不合规定，没有收下。", "请对方用最新版程序重新导出。"),
    "record.other_division": Text("签名人 {holder} 只能写 {scope} 的记录，这条写的是 {division}，没有收下。", "请由 {division} 的服务员或科员填写后重新导出。"),
    "record.too_deep": Text("记录的嵌套超过 {limit} 层，没有收下。", "请对方用最新版程序重新导出。"),
    "record.too_long": Text("有一行超过 {limit} 字节，没有收下。", "请对方减少这一条的内容后重新导出。"),
    "record.unknown_suite": Text("这条记录用了本程序不认识的签名算法，没法核对，没有收下。", "请升级到最新版程序后重新汇总。"),
    "record.unsigned": Text("这条记录没有签名，没有收下。", "请对方在程序里签名提交后重新导出。"),
    "record.wrong_author": Text("“{title}”只能由{authors}来写，签名人 {holder} 不能写，没有收下。", "请由有权的人填写后重新导出。"),
    # --- package
    "package.bomb": Text("包里的“{entry}”展开后比它声明的大，像是恶意文件，整个包没有收下。", "请不要再打开这个文件，并告知发件单位。"),
    "package.changed": Text("读取过程中这个包的内容变了，整个包没有收下，已有的数据没有改动。", "请先把包复制到本机硬盘，再汇总一次。"),
    "package.cut_short": Text("这个包不完整，可能没有复制完或没有下载完，没有收下。", "请重新复制或让对方重新发一次。"),
    "package.damaged": Text("包里的“{entry}”已损坏，整个包没有收下。", "请重新复制，或让对方重新导出。"),
    "package.duplicate_entry": Text("包里有两个“{entry}”，整个包没有收下。", "请让对方用本程序重新导出，不要用压缩软件改动。"),
    "package.encrypted": Text("这个包是加密的，这个版本的程序打不开，没有收下。", "请升级到最新版程序，或请对方导出不加密的包。"),
    "package.entry_too_big": Text("包里的“{entry}”超过 {limit} 字节，整个包没有收下。", "请让对方减少内容后分成几个包导出。"),
    "package.header_mismatch": Text("包里“{entry}”的两处说明不一致，整个包没有收下。", "请让对方用本程序重新导出，不要用压缩软件改动。"),
    "package.layout": Text("包里各文件的排列不合规定，可能夹带了别的内容，整个包没有收下。", "请让对方用本程序重新导出，不要用压缩软件改动。"),
    "package.leading_data": Text("这个包的开头夹带了别的内容，没有收下。", "请让对方用本程序重新导出。"),
    "package.manifest_form": Text("包的清单不合规定，整个包没有收下。", "请让对方用最新版程序重新导出。"),
    "package.method": Text("包里“{entry}”用了不允许的压缩方法，整个包没有收下。", "请让对方用本程序重新导出，不要用压缩软件改动。"),
    "package.missing_entry": Text("包里缺少“{entry}”，整个包没有收下。", "请让对方用本程序重新导出。"),
    "package.newer": Text("这个包由更新的程序（{software}）写成，本程序读不懂，没有收下。", "请升级到最新版程序后再汇总。"),
    "package.not_zip": Text("这个文件不是诊断数据包（.zgsz），没有收下。", "请确认选对了文件。"),
    "package.overlap": Text("包里“{entry}”与别的文件重叠，像是恶意文件，整个包没有收下。", "请不要再打开这个文件，并告知发件单位。"),
    "package.password": Text("包里的“{entry}”带有压缩密码，整个包没有收下。", "请让对方用本程序重新导出，不要用压缩软件改动。"),
    "package.too_big": Text("这个包超过 4 GiB，没有收下。", "请让对方分成几个包导出。"),
    "package.too_many_entries": Text("包里的文件超过 {limit} 个，没有收下。", "请让对方分成几个包导出。"),
    "package.trailing_data": Text("这个包的末尾夹带了别的内容，没有收下。", "请让对方用本程序重新导出。"),
    "package.unreadable": Text("“{name}”读不出来，没有收下任何内容。", "请确认文件还在、U 盘没有拔出、文件没有被别的程序占用，再试一次。"),
    "package.unsafe_name": Text("包里有一个不安全的文件名“{entry}”，像是恶意文件，整个包没有收下。", "请不要再打开这个文件，并告知发件单位。"),
    "package.zip_form": Text("这个包用了不允许的压缩格式，没有收下。", "请让对方用本程序重新导出，不要用压缩软件改动。"),
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
    "workspace.no_division": Text("没有区划代码“{division}”，工作区没有建立。", "请填六位区划代码，例如青秀区是 450103。"),
    # --- drafts and submissions
    "draft.bad_profile": Text("“{field}”应填不小于 0 的数，本次修改没有保存，之前填写的都在。", "请改成数字，从业人员填整数，营业收入以万元计。"),
    "draft.bad_value": Text("这个答案的写法不对，没有保存，之前填写的都在。", "请重新填写；如果是从文件读入的，请检查文件里的数字和文字。"),
    "draft.no_question": Text("诊断体系 {set} 里没有题目“{question}”，没有保存，之前填写的都在。", "请核对题号，或换用相应版本的诊断体系。"),
    # --- reports
    "report.fonts_missing": Text("打印用的字体文件“{name}”缺失或损坏，没有生成打印件。", "请重新安装程序后再试一次。"),
    "report.not_verified": Text("“{name}”写成后没有通过检查，没有采用，原有的文件没有改动。", "请再试一次；仍然不行，请把详情发给技术支持。"),
    # --- command line
}
# fmt: on
