"""The steps of the demonstration by name, with what is shown of each. Nothing heavy is imported here."""

TITLES = {
    "edition": "Edition, venues and partners",
    "exhibitors": "Applications and selection",
    "people": "Participants",
    "accounts": "Accounts of the staff",
    "programme": "Workshops and trainers",
    "floor": "Hall and wishes",
    "allocation": "Best allocation of the stands",
    "registrations": "Registrations",
    "badges": "Signed badges",
    "badge_sheets": "Badges printed on A4 sheets",
    "devices": "Gates",
    "running": "Doors open",
    "rehearsal": "Scans with signed codes, rehearsed",
    "scans": "Scans at the gates",
    "presences": "Exhibitors present",
    "jury": "Jury, rules and recusals",
    "marks": "Marks of the jury",
    "results": "Marks opened, awards published",
    "draw": "Draw, sealed and revealed",
    "minutes": "Minutes of the draw",
    "closing": "Agreements and recommendations",
    "certificates": "Certificates earned",
    "certificate_print": "Certificates in one file for print",
    "certificate_files": "Certificates as single files (goes on in the background)",
}
# Steps that only print: the fair is whole without them.
PRINTED = frozenset({"badge_sheets", "minutes", "certificate_print", "certificate_files"})
