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

// A moment for a person, in UTC; any other value as it is.
function moment(value) {
  const at = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? new Date(value) : null;
  if (!at || Number.isNaN(at.getTime())) return value;
  return `${at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" })} UTC`;
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
    made("dd", moment(value), pair);
  }
  const names = made("details", "", place);
  names.hidden = !verdict.societies?.length;
  made("summary", "The societies, as printed", names);
  const list = made("ol", "", names);
  for (const society of verdict.societies ?? []) made("bdi", society, made("li", "", list));
  place.querySelector("h2").focus();
}

let chosen = null;

async function check(file) {
  chosen = file ?? chosen;
  if (!chosen) return;
  part("verdict").textContent = "Checking…";
  const trusted = part("keys").value.toLowerCase().replaceAll(":", "").split(/[\s,]+/).filter(Boolean);
  const wrong = trusted.find((key) => !/^[0-9a-f]{64}$/.test(key));
  if (wrong) part("verdict").textContent = `“${wrong.slice(0, 80)}” is not a SHA-256 fingerprint: 64 hexadecimal digits.`;
  else if (chosen.size > MOST_BYTES) part("verdict").textContent = "The file is larger than 256 MB; a sealed letter is not.";
  else shown(await verify(new Uint8Array(await chosen.arrayBuffer()), trusted), chosen.name);
}

part("file").addEventListener("change", () => check(part("file").files[0]));
part("keys").addEventListener("change", () => check());
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  check(event.dataTransfer.files[0]);
});
