// The page around the check: a file in, a verdict out, both in this browser only.
const part = (name) => document.getElementById(name);

function made(tag, text, into) {
  const found = into.appendChild(document.createElement(tag));
  if (text) found.textContent = text;
  return found;
}

function listed(title, sentences, into) {
  if (!sentences.length) return;
  made("h3", title, into);
  const list = made("ul", "", into);
  for (const sentence of sentences) made("li", sentence, list);
}

function shown(verdict, name) {
  const place = part("verdict");
  place.replaceChildren();
  place.className = verdict.ok ? "holds" : "fails";
  made("p", name, place).className = "name";
  made("h2", verdict.headline, place).tabIndex = -1;
  listed("What is wrong", verdict.problems, place);
  listed("What this proves", verdict.proven, place);
  listed("What it does not prove", verdict.notProven, place);
  const facts = made("dl", "", place);
  for (const [title, value] of verdict.facts) {
    const pair = made("div", "", facts);
    made("dt", title, pair);
    made("dd", inWords(value), pair);
  }
  const names = made("details", "", place);
  names.hidden = !verdict.societies?.length;
  made("summary", "The societies, as printed", names);
  const list = made("ol", "", names);
  for (const society of verdict.societies ?? []) made("bdi", society, made("li", "", list));
  if (verdict.found?.roster.length) offered(verdict.found, place);
  place.querySelector("h2").focus();
}

// Lets the reader choose a signature of a file that holds, and save its proof.
function offered(found, into) {
  made("h3", "The proof of one society", into);
  made("p", "Choose a society and save its proof: a small file that shows its place in this roster without the others.", into);
  const label = made("label", "Society", into);
  const list = made("select", "", into);
  label.htmlFor = list.id = "society";
  for (const [index, name] of choicesIn(found.roster).entries()) made("option", name, list).value = index;
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  made("button", "Save its proof", into).addEventListener("click", async () => {
    const [index, name] = [Number(list.value), proofName(found, Number(list.value))];
    handOut(await proofOf(found, index), name);
    said.textContent = `${name} can be handed on; this page checks that file without the others.`;
  });
  into.append(said);
}

let chosen = { file: null, against: null };
let asked = 0;

// Takes one file, or the proof of one society and the file to hold it against.
async function choose(files) {
  if (!files.length) return;
  const heads = await Promise.all(files.map(async (file) => new Uint8Array(await file.slice(0, 1).arrayBuffer())));
  const proofs = files.filter((_, at) => isProof(heads[at]));
  const sealed = files.filter((_, at) => !isProof(heads[at]));
  part("against").value = "";
  part("alone").hidden = !proofs.length;
  chosen = { file: proofs[0] ?? sealed[0], against: proofs.length ? sealed[0] ?? null : null };
  if (files.length > 2 || (files.length === 2 && proofs.length !== 1)) {
    chosen.file = null;
    part("alone").hidden = true;
    asked++;
    told("Choose one file, or the proof of one society together with the PDF or zip to hold it against.");
  }
  await check();
}

function told(sentence) {
  part("verdict").className = "";
  part("verdict").textContent = sentence;
}

// What keeps the page from trying, in one sentence; "" when nothing does.
function hindrance(trusted, root) {
  const wrong = trusted.find((key) => !/^[0-9a-f]{64}$/.test(key));
  if (wrong) return `“${wrong.slice(0, 80)}” is not a SHA-256 fingerprint: 64 hexadecimal digits.`;
  if (root && !/^[0-9a-f]{64}$/i.test(root)) {
    return `“${root.slice(0, 80)}” is not a Merkle root: that has 64 hexadecimal digits.`;
  }
  const large = [chosen.file, chosen.against].some((file) => file?.size > MOST_BYTES);
  return large ? "The file is larger than 256 MB; a sealed letter is not." : "";
}

async function check() {
  const { file, against } = chosen;
  if (!file) return;
  const turn = ++asked;
  told("Checking…");
  const trusted = part("keys").value.toLowerCase().replaceAll(":", "").split(/[\s,]+/).filter(Boolean);
  const root = part("alone").hidden ? "" : part("root").value.trim();
  const hindered = hindrance(trusted, root);
  if (hindered) {
    told(hindered);
    return;
  }
  const bytes = async (one) => one && new Uint8Array(await one.arrayBuffer());
  const verdict = await checked(await bytes(file), { trusted, root, against: await bytes(against) });
  // A slower answer to an earlier question is none to this one.
  if (turn === asked) shown(verdict, against ? `${file.name}, held against ${against.name}` : file.name);
}

part("file").addEventListener("change", () => choose([...part("file").files]));
part("against").addEventListener("change", () => {
  chosen.against = part("against").files[0] ?? null;
  check();
});
for (const name of ["keys", "root"]) part(name).addEventListener("change", check);
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  choose([...event.dataTransfer.files]);
});
