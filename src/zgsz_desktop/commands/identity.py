"""Verbs of enrolment: `identity root|authority|request|approve|import|show`."""

from argparse import ArgumentTypeError, Namespace
from datetime import timedelta
from pathlib import Path

from zgsz_desktop.commands.context import Context, Verb, argument
from zgsz_desktop.commands.upkeep import ROOT_QUESTION
from zgsz_desktop.engine import enrolling
from zgsz_desktop.engine.identity.introductions import root_fingerprint
from zgsz_desktop.engine.identity.issuing import Subject
from zgsz_desktop.engine.identity.names import parse_dns_name
from zgsz_desktop.engine.model import Role

MOST_DAYS = 3660
ROLES = {"clerk": Role.CLERK, "liaison": Role.LIAISON, "expert": Role.EXPERT}


def _root(context: Context, options: Namespace) -> int:
    workspace = context.workspace()
    shown = enrolling.create_root(
        workspace, Subject(options.person, options.organisation), context.passphrase(new=True)
    )
    context.data({"fingerprint": shown}, lambda: ["根证书已做好。请公布它的核对码：", shown])
    return 0


def _authority(context: Context, options: Namespace) -> int:
    return _ask_for(context, options, Role.AUTHORITY, handle="")


def _request(context: Context, options: Namespace) -> int:
    return _ask_for(context, options, ROLES[options.role], handle=options.handle)


def _ask_for(context: Context, options: Namespace, role: Role, handle: str) -> int:
    asked = enrolling.request(
        context.workspace(),
        role,
        Subject(options.person, options.organisation),
        context.passphrase(new=True),
        options.out,
        handle=handle,
    )
    data = {"name": asked.name, "fingerprint": asked.fingerprint, "path": str(asked.path)}
    context.data(data, lambda: [f"申请已写到 {asked.path}", f"核对码（电话里念给批准的人听）：{asked.fingerprint}"])
    return 0


def _approve(context: Context, options: Namespace) -> int:
    asked = enrolling.read_request_file(options.request)
    context.say(f"申请人：{asked.subject.person}（{asked.subject.organisation}），{asked.holder.name}")
    told = options.fingerprint or context.compared("请打电话让申请人念核对码，照着输入六组数字：")
    done = enrolling.approve_request(
        context.workspace(),
        options.request,
        told,
        context.passphrase(),
        options.out,
        life=timedelta(days=options.days) if options.days else None,
    )
    where = f"，答复文件是 {done.path}" if done.path else "，密钥就在本机，已经可以用了"
    about = done.description
    data = {"name": about.holder.name, "path": str(done.path) if done.path else None, "ends": f"{about.ends:%Y-%m-%d}"}
    context.data(data, lambda: [f"已批准 {about.person}（{about.role}），有效到 {about.ends:%Y-%m-%d}{where}"])
    return 0


def _import(context: Context, options: Namespace) -> int:
    workspace = context.workspace()
    told = options.fingerprint
    if not told and not enrolling.has_root(workspace):
        root = enrolling.root_in(enrolling.certificates_in(options.approval))
        told = context.compared(ROOT_QUESTION.format(shown=root_fingerprint(root)))
    found = enrolling.import_approval(workspace, options.approval, context.passphrase(), told)
    data = {"name": found.holder.name, "person": found.person, "role": found.role}
    context.data(data, lambda: [f"已开通：{found.person}，{found.role}，有效到 {found.ends:%Y-%m-%d}"])
    return 0


def _show(context: Context, options: Namespace) -> int:  # noqa: ARG001 every verb has one form
    found = enrolling.own_identities(context.workspace(read_only=True))
    data = [
        {
            "purpose": one.key.purpose.value,
            "name": one.description.holder.name if one.description else _asked_for(one),
            "person": one.description.person if one.description else None,
            "organisation": one.description.organisation if one.description else None,
            "ends": f"{one.description.ends:%Y-%m-%d}" if one.description else None,
        }
        for one in found
    ]
    context.data(data, lambda: [_line(one) for one in found] or ["这个工作区还没有密钥。"])
    return 0


def _line(one: enrolling.OwnIdentity) -> str:
    if one.description is None:
        return f"在等答复：{_asked_for(one)}，申请的核对码 {one.key.keyid}"
    about = one.description
    return f"{about.role} {about.person}（{about.organisation}），{about.holder.name}，有效到 {about.ends:%Y-%m-%d}"


def _asked_for(one: enrolling.OwnIdentity) -> str:
    return parse_dns_name(one.key.name).name


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_DAYS)) and 1 <= int(text) <= MOST_DAYS):
        raise ArgumentTypeError(f"天数是 1 到 {MOST_DAYS} 的整数")
    return int(text)


_PERSON = argument("--person", required=True, metavar="姓名", help="姓名；签发机构写本单位简称")
_ORGANISATION = argument("--org", dest="organisation", required=True, metavar="单位", help="单位名称")
_OUT = argument("-o", "--out", type=Path, required=True, metavar="文件", help="申请文件 .zgszreq")
_FINGERPRINT = argument("--fingerprint", default="", metavar="核对码", help="六组数字；不写就在终端里问")

VERBS = (
    Verb("identity root", "做自治区的根证书（只在自治区做一次）", _root, (_PERSON, _ORGANISATION)),
    Verb("identity authority", "为本单位申请签发机构，交给上级", _authority, (_PERSON, _ORGANISATION, _OUT)),
    Verb(
        "identity request",
        "为个人申请证书：科员、服务员、专家",
        _request,
        (
            argument("--role", required=True, choices=sorted(ROLES), help="clerk 科员，liaison 服务员，expert 专家"),
            argument("--handle", default="", metavar="代号", help="小写字母和数字；不写就自动取"),
            _PERSON,
            _ORGANISATION,
            _OUT,
        ),
    ),
    Verb(
        "identity approve",
        "核对并批准一份申请",
        _approve,
        (
            argument("request", type=Path, metavar="申请文件"),
            _FINGERPRINT,
            argument(
                "-o", "--out", type=Path, default=None, metavar="文件", help="答复文件 .zgszcert；本机的申请不用写"
            ),
            argument("--days", type=_days, default=0, metavar="天数", help=f"有效期，1 到 {MOST_DAYS} 天，不写按规定"),
        ),
    ),
    Verb(
        "identity import",
        "收下答复文件",
        _import,
        (argument("approval", type=Path, metavar="答复文件"), _FINGERPRINT),
    ),
    Verb("identity show", "看本机有哪些证书", _show),
)
