#!/usr/bin/env python3
"""Sees that every text of a program has its French translation, well set.

usage: check_catalogues.py SOURCE_DIR [--self-test]

Texts are marked tr(), tr_plural() and tr_context() in the code; xgettext finds them. Each must
be translated in the catalogue of its room's domain or in `common`, nothing may be left over in
a catalogue, both sides must have the same {parts} (others only where a comment "# parts: {x}"
in the catalogue says that the program has them), and French must be typeset as French is:
a no-break space (U+00A0 or U+202F) before : ; ! ? » % and after «, a typographic apostrophe,
one character for the ellipsis.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

# Which rooms' texts a domain translates.
ROOMS = {
    "common": ["runtime", "ui", "printing"],
    "kiosk": ["kiosk"],
    "display": ["display"],
    "counter": ["counter"],
    "report": ["report"],
    "admin": ["admin"],
}
NO_BREAK = "\u00a0\u202f"


def unquote(text):
    return re.sub(r'\\(["\\nt])', lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def read_po(text):
    """Entries of a .po file: {(context, source): {"plural", "forms", "flags"}}."""
    entries = {}
    entry = {"forms": {}, "flags": set()}
    last = None
    for line in [*text.splitlines(), ""]:
        if not line.strip():
            if "msgid" in entry:
                key = (entry.get("msgctxt"), entry["msgid"])
                entries[key] = entry
            entry = {"forms": {}, "flags": set()}
            last = None
        elif line.startswith("# parts:"):
            entry["extra"] = set(re.findall(r"\{\w+\}", line))
        elif line.startswith("#,"):
            entry["flags"] |= {flag.strip() for flag in line[2:].split(",")}
        elif not line.startswith("#"):
            found = re.match(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])?\s+)?"(.*)"$', line)
            word, index, value = found.groups()
            if word == "msgstr":
                last = ("forms", int(index or 0))
            elif word:
                last = (word, None)
            value = unquote(value)
            if last[0] == "forms":
                entry["forms"][last[1]] = entry["forms"].get(last[1], "") + value
            else:
                entry[last[0]] = entry.get(last[0], "") + value
    entries.pop((None, ""), None)
    return entries


def marked(root, rooms):
    """The texts marked in the code of these rooms."""
    files = [str(path) for room in rooms for path in sorted((root / room).rglob("*.[ch]"))
             if path.name != "catalogue.h"]
    if not files:
        return {}
    output = subprocess.run(
        ["xgettext", "--from-code=UTF-8", "--language=C", "--no-wrap", "--output=-",
         "--force-po", "-k", "--keyword=tr", "--keyword=tr_plural:1,2",
         "--keyword=tr_context:1c,2", *files], check=True, capture_output=True, text=True)
    return read_po(output.stdout)


def typeset_faults(text):
    """What is wrong with the setting of a French text."""
    faults = []
    for found in re.finditer(r"[:;!?»%]", text):
        before = text[:found.start()]
        after = text[found.end():]
        is_time = found[0] == ":" and before[-1:].isdigit() and after[:1].isdigit()
        is_part = found[0] == ":" and before.endswith("}") and after.startswith("{")
        is_address = found[0] == ":" and after.startswith("//")
        is_run = bool(before) and before[-1] in "!?"
        if before and not (is_time or is_part or is_address or is_run) and before[-1] not in NO_BREAK:
            faults.append(f"no no-break space before '{found[0]}'")
    for found in re.finditer("«", text):
        if text[found.end():found.end() + 1] not in NO_BREAK or found.end() == len(text):
            faults.append("no no-break space after '«'")
    if re.search(r"\w'\w", text):
        faults.append("a straight apostrophe, not ’")
    if "..." in text:
        faults.append("three dots, not …")
    if '"' in text:
        faults.append("straight quotes, not « »")
    return faults


def parts(text):
    return sorted(re.findall(r"\{\w+\}", text))


def entry_faults(key, entry):
    context, source = key
    name = f"'{source}'" if context is None else f"'{source}' ({context})"
    faults = []
    if "fuzzy" in entry["flags"]:
        faults.append(f"{name}: is fuzzy")
    wanted = 2 if "msgid_plural" in entry else 1
    forms = [entry["forms"].get(i, "") for i in range(wanted)]
    sources = [source, entry.get("msgid_plural", source)]
    for form, original in zip(forms, sources):
        if not form:
            faults.append(f"{name}: is not translated")
            continue
        extra = entry.get("extra")
        fits = (set(parts(form)) <= set(parts(original)) | extra if extra
                else parts(form) == parts(original))
        if not fits:
            faults.append(f"{name}: '{form}' has other parts")
        faults += [f"{name}: '{form}': {fault}" for fault in typeset_faults(form)]
    return faults


def check(root):
    faults = []
    catalogues = {}
    for path in sorted((root / "assets/catalogue").glob("*.po")):
        domain, language = path.name.split(".")[:2]
        if domain not in ROOMS or language != "fr":
            faults.append(f"{path.name}: there is no such domain or language")
            continue
        catalogues[domain] = read_po(path.read_text(encoding="utf-8"))
    texts = {domain: marked(root, rooms) for domain, rooms in ROOMS.items()}
    everywhere = {key for found in texts.values() for key in found}
    for domain, found in texts.items():
        own = catalogues.get(domain, {})
        common = catalogues.get("common", {})
        for key, entry in found.items():
            there = own.get(key) or common.get(key)
            if there is None:
                faults.append(f"{domain}.fr.po: '{key[1]}' is missing")
            elif ("msgid_plural" in entry) != ("msgid_plural" in there):
                faults.append(f"{domain}.fr.po: '{key[1]}': the plural does not fit")
        used = everywhere if domain == "common" else found
        for key, entry in own.items():
            if key not in used:
                faults.append(f"{domain}.fr.po: '{key[1]}' is in no program")
            faults += [f"{domain}.fr.po: {fault}" for fault in entry_faults(key, entry)]
    count = sum(len(found) for found in texts.values())
    return faults, count


def self_test(root):
    """The check must find each of these faults, planted in a copy."""
    plants = [
        ("Plus de 2 h !", "no no-break space before '!'"),
        ("L'accueil", "a straight apostrophe"),
        ("Attendez...", "three dots"),
        ("«Oui»", "no no-break space after '«'"),
        ("{autre}", "has other parts"),
        ("", "is not translated"),
    ]
    for translation, sentence in plants:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder)
            (copy / "kiosk").mkdir()
            (copy / "assets/catalogue").mkdir(parents=True)
            (copy / "kiosk/page.c").write_text('const char *a = tr("Hello {name}");\n')
            (copy / "assets/catalogue/kiosk.fr.po").write_text(
                f'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Hello {{name}}"\n'
                f'msgstr "{translation}"\n')
            faults, _ = check(copy)
            if not any(sentence in fault for fault in faults):
                print(f"'{translation}': the fault '{sentence}' was not found: {faults}")
                return 1
            (copy / "assets/catalogue/kiosk.fr.po").unlink()
            if not any("is missing" in fault for fault in check(copy)[0]):
                print("a missing translation was not found")
                return 1
    sound = ["{count}\u00a0personnes\u00a0: {name}", "à 10:42", "Ouvert\u00a0?", "https://x.fr", "80\u202f%"]
    for text in sound:
        if typeset_faults(text):
            print(f"'{text}' is sound, but: {typeset_faults(text)}")
            return 1
    print("the check finds what it must")
    return 0 if root else 1


def main():
    root = pathlib.Path(sys.argv[1]).resolve()
    if "--self-test" in sys.argv:
        return self_test(root)
    faults, count = check(root)
    for fault in faults:
        print(fault)
    print(f"{count} texts, {len(faults)} faults")
    return 1 if faults or not count else 0


if __name__ == "__main__":
    sys.exit(main())
