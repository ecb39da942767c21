"""The README.txt of a bundle: how a stranger checks it by hand; checking by program is left to verify."""

_TEXT = """\
EVIDENCE OF A LETTER SIGNED BY SOCIETIES
Form: signon/evidence/v1

These files show which text was signed, by whom, and that nothing was changed afterwards. They were made when
the letter was sealed. The same files are attached inside the sealed PDF. You need neither an account nor the
site that made them. The commands below run in any Unix shell with coreutils, openssl (1.1.1 or later) and
python3, in the folder that holds these files.

  letter.txt          the text that was signed, UTF-8
  roster.json         one record per signature, in the order printed
  events.json         the record of the letter: each event carries the hash of the one before
  checkpoint.txt      number of signatures and their Merkle root, signed with an Ed25519 key
  checkpoint-key.txt  the public key of that signature
  certificate.pem     the certificate of the key that seals the PDF
{LISTED}  manifest.json       the SHA-256 of each other file, and what the letter is

1. No file was changed. Compare what this prints with "files" in manifest.json:

    sha256sum letter.txt roster.json events.json checkpoint.txt checkpoint-key.txt certificate.pem README.txt{NAMED}

2. The text is the one that was signed. Compare with "content_hash" in manifest.json, in each record of
   roster.json, on page 1 of the PDF, and in the receipt of any society that signed:

    (printf 'signon/letter/v1\\n'; cat letter.txt) | sha256sum

3. The roster is complete and in order, every statement is the one agreed to, each signature is what the
   record committed to when it was made, and the chain of events is unbroken. This prints the Merkle root, or
   stops with an error:

    python3 - <<'END'
    import hashlib, json
    def canon(value):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    def sha(data):
        return hashlib.sha256(data)
    manifest = json.load(open("manifest.json", encoding="utf-8"))
    roster = json.load(open("roster.json", encoding="utf-8"))
    events = json.load(open("events.json", encoding="utf-8"))
    for record in roster:
        assert record["content_hash"] == manifest["content_hash"], record["society"]
        said = sha(b"signon/statement/v1\\n" + record["statement"].encode()).hexdigest()
        assert said == record["statement_hash"], record["society"]
    signed = {event["data"]["receipt"]: event for event in events if event["kind"] == "signed"}
    names = "society printed_name office mandate interests statement_hash signed_at authenticated".split()
    for record in roster:
        event = signed[record["receipt"]]
        if "salt" in record:
            facts = canon({name: record[name] for name in names + ["seat", "logo"] if name in record})
            digest = sha(b"signon/private/v1\\n" + record["salt"].encode() + b"\\n" + facts).hexdigest()
            assert digest == event["private"], record["society"]
        else:
            assert event["data"]["society"] == record["society"], record["society"]
    level = [sha(b"\\x00" + canon(record)).digest() for record in roster] or [sha(b"").digest()]
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [sha(b"\\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2])] + odd
    previous = "0" * 64
    for number, event in enumerate(events, 1):
        stated = event.pop("hash")
        assert event["seq"] == number and event["prev"] == previous, number
        assert sha(b"signon/event/v1\\n" + canon(event)).hexdigest() == stated, number
        previous = stated
    assert level[0].hex() == manifest["merkle_root"]
    print(level[0].hex())
    END

4. The checkpoint states that number and that root (line 2, and line 3 in base64), and its signature holds.
   The last command prints "Signature Verified Successfully":

    sed '/^$/,$d' checkpoint.txt > body.tmp
    tail -n 1 checkpoint.txt | cut -d ' ' -f 3 | base64 -d | tail -c 64 > signature.tmp
    (printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; \\
     cut -d + -f 3- checkpoint-key.txt | base64 -d | tail -c 32) > key.tmp
    openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey key.tmp -sigfile signature.tmp -in body.tmp

5. The keys are the site's own. Compare these two fingerprints with those on the site's page /verify; without
   that, the files only show that they belong together:

    openssl x509 -in certificate.pem -noout -fingerprint -sha256
    tail -c 32 key.tmp | sha256sum

6. The PDF was not changed after it was sealed (pdfsig comes with poppler-utils):

    pdfsig letter.pdf

7. One signature alone. A society can show that it stands in the roster without handing over the others: its
   record and a path of hashes are enough. {MADE}
   Put its place, in the order printed, where the 1 stands; this writes proof.json:

    place=1
    python3 - $place <<'END'
{TAKEN}
    found = {"format": "signon/proof/v1", "index": index, "path": path, "record": roster[index],
             "root": root, "size": len(roster), "checkpoint": open("checkpoint.txt", encoding="utf-8").read(),
             "checkpoint_key": open("checkpoint-key.txt", encoding="utf-8").read()}
    with open("proof.json", "w", encoding="utf-8") as file:
        print(json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":")), file=file)
    END

8. Such a proof by itself. Put proof.json into an empty folder and go there. This prints the society and the root
   that its record leads to, or stops with an error, and writes out the checkpoint in it, which states that root.
   Check that one's signature and key as in 4 and 5:

    python3 - <<'END'
    import base64, hashlib, json
    def sha(data):
        return hashlib.sha256(data).digest()
    proof = json.load(open("proof.json", encoding="utf-8"))
    record = json.dumps(proof["record"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    place, last, found = proof["index"], proof["size"] - 1, sha(b"\\x00" + record.encode())
    assert 0 <= place <= last
    for step in map(bytes.fromhex, proof["path"]):
        assert last > 0
        if place % 2 or place == last:
            found = sha(b"\\x01" + step + found)
            while place and place % 2 == 0:
                place, last = place // 2, last // 2
        else:
            found = sha(b"\\x01" + found + step)
        place, last = place // 2, last // 2
    stated = proof["checkpoint"].split("\\n")[1:3]
    assert last == 0 and found.hex() == proof["root"]
    assert stated == [str(proof["size"]), base64.b64encode(found).decode()]
    for name, text in (("checkpoint.txt", "checkpoint"), ("checkpoint-key.txt", "checkpoint_key")):
        with open(name, "w", encoding="utf-8", newline="") as file:
            file.write(proof[text])
    print(proof["record"]["society"], found.hex())
    END

What this does not show: that a person had the authority that the mandate states; who read the mailbox the
code was sent to; the exact time, which is the site's own clock unless a time-stamp authority is named in the
seal; that nobody was shown another record, unless the societies look for the hashes of their receipts in it.
It is a simple electronic signature with the seal of a platform, and claims to be nothing else.
"""

_READ = """\
    import json, sys
    index = int(sys.argv[1]) - 1
    roster = json.load(open("roster.json", encoding="utf-8"))
    stated = json.load(open("proofs.json", encoding="utf-8"))
    path, root = stated["proofs"][index]["path"], stated["root"]"""
_COMPUTED = """\
    import hashlib, json, sys
    def leaf(record):
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(b"\\x00" + text.encode()).digest()
    index = place = int(sys.argv[1]) - 1
    roster = json.load(open("roster.json", encoding="utf-8"))
    level, path = [leaf(record) for record in roster], []
    while len(level) > 1:
        beside = place ^ 1
        path += [step.hex() for step in level[beside : beside + 1]]
        odd = level[-1:] if len(level) % 2 else []
        level = [hashlib.sha256(b"\\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2])] + odd
        place //= 2
    root = level[0].hex()"""

# What differs, with proofs.json and without.
_PARTS = {
    "{LISTED}": ("  proofs.json         for each signature, the proof that it stands in the roster\n", ""),
    "{NAMED}": (" \\\n        proofs.json", ""),
    "{MADE}": ("The path is in proofs.json.", "For a roster as long as this one it is made from the records."),
    "{TAKEN}": (_READ, _COMPUTED),
}


def readme(*, proofs: bool) -> str:
    """The text for evidence with proofs.json, or for evidence of a roster so long that it has none."""
    text = _TEXT
    for mark, (with_proofs, without) in _PARTS.items():
        text = text.replace(mark, with_proofs if proofs else without)
    return text
