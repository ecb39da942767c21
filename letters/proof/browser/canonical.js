// Canonical JSON (RFC 8785) for records, and the shapes records have.
const DEEPEST = 32;

// The one text of a value of text, whole numbers, true, false, null, lists and objects.
function canonical(value, depth = DEEPEST) {
  if (depth < 0) throw new Fault("A record is nested too deep.");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value)) {
      throw new Fault("A record holds half a character.");
    }
    return JSON.stringify(value);
  }
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Fault("A record holds a number that is not whole.");
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth - 1)).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key], depth - 1)}`).join(",")}}`;
}

const canonicalBytes = (value) => encoded(canonical(value));

// A kind is the name of a type, a list of kinds ("absent" among them: may be left out), or an object of kinds.
const LETTER = {
  slug: "string", title: "string", convener: "string", edition: "number", version: "number",
  content_hash: "string", closed_at: "string", verify_address: "string",
};
const OR_NULL = ["string", "null"];
const MAY_LACK = ["string", "absent"];
const SHAPES = {
  roster: {
    receipt: "string", society: "string", short_name: "string", country: "string", printed_name: "string",
    office: "string", mandate: { body: OR_NULL, date: OR_NULL, minute: OR_NULL, file: MAY_LACK },
    interests: "string", statement: "string", statement_hash: "string", version: "number", content_hash: "string",
    signed_at: "string", authenticated: "string", seat: MAY_LACK, logo: MAY_LACK,
    kind: MAY_LACK, slot: "number", position: "number", salt: MAY_LACK,
  },
  event: {
    seq: "number", at: "string", kind: "string", actor: "string", data: "object", private: "string", prev: "string",
    hash: "string",
  },
  manifest: {
    format: "string",
    letter: { slug: "string", title: "string", convener: "string", closed_at: "string", verify_address: "string" },
    edition: "number", version: "number", content_hash: "string", signatures: "number", merkle_root: "string",
    files: "object",
  },
  proofs: { format: "string", proofs: "list", root: "string", size: "number" },
  proof: { receipt: "string", index: "number", path: "list" },
  single: {
    format: "string", index: "number", path: "list", record: "object", root: "string", size: "number",
    checkpoint: "string", checkpoint_key: "string",
  },
};

const kindOf = (value) => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);
const has = (value, key) => Object.prototype.hasOwnProperty.call(value, key);

// What keeps a value from having a shape, as the end of a sentence ("" when nothing does).
function fault(value, shape) {
  if (kindOf(value) !== "object") return "is not an object";
  const lacking = Object.keys(shape).find((key) => !has(value, key) && !shape[key].includes?.("absent"));
  if (lacking) return `lacks "${lacking}"`;
  const extra = Object.keys(value).sort().find((key) => !has(shape, key));
  if (extra !== undefined) return `has an unknown part "${extra}"`;
  for (const key of Object.keys(value)) {
    const kind = shape[key];
    if (kindOf(kind) === "object") {
      const inner = fault(value[key], kind);
      if (inner) return `has a "${key}" that ${inner}`;
    } else if (![kind].flat().includes(kindOf(value[key]))) return `has a "${key}" of the wrong kind`;
  }
  return "";
}

function refuse(what, value, shape) {
  const problem = fault(value, shape);
  if (problem) throw new Fault(`${what} ${problem}.`);
}
