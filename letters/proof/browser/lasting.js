// What stands behind a seal: that no certificate was revoked, and the time-stamp over all of it (B-LT, B-LTA).
const CLOCKS_APART = 5 * 60 * 1000;

// The chain up to a certificate that signed itself.
async function complete(chain, others) {
  const whole = await chained(chain[0], [...chain.slice(1), ...others]);
  if (!(await issued(whole.at(-1), whole.at(-1)))) throw new Fault("The certificates of the seal do not lead to a root.");
  return whole;
}

const once = (items, key) => [...new Map(items.map((item) => [key(item), item])).values()];

// What is proven by the bytes added behind a sealed part; a Fault says why others prove nothing.
async function lastingOf(sealed, added, at, chain, stamp) {
  const { held, token, pieces } = addedIn(at, added);
  const others = held.Certs.map((der) => certificate(der));
  const whole = await complete(chain, others);
  const wanted = once([...whole, ...stamp.chain], ({ der }) => hexOf(der));
  if (wanted.length !== others.length || wanted.some(({ der }, n) => !same(der, held.Certs[n]))) {
    throw new Fault("Behind the seal stand other certificates than those of the seal and its time-stamp.");
  }
  const words = await wordsOf(held, [whole, stamp.chain], stamp);
  if (!token) return { words, archive: null };
  const size = element(token).raw.length;
  if (token.subarray(size).some((byte) => byte)) throw new Fault("The archive time-stamp is damaged: something stands behind it.");
  const [made, head, , tail] = pieces;
  const archive = await stampOf(token.subarray(0, size), joined(sealed, made, head, tail), "this file");
  const latest = words.reduce((last, [, { at: then }]) => (then > last ? then : last), stamp.at);
  if (archive.at < stamp.at || Date.parse(archive.at) + CLOCKS_APART < Date.parse(latest)) {
    throw new Fault("The archive time-stamp is older than what it was made for.");
  }
  return { words, archive };
}

// For each certificate its name and the first answer that speaks of it.
async function wordsOf(held, chains, stamp) {
  const answers = [...held.OCSPs.map((der) => [byOcsp, der]), ...held.CRLs.map((der) => [byCrl, der])];
  const pairs = once(chains.flatMap((chain) => chain.slice(1).map((above, n) => [chain[n], above])), ([below]) => hexOf(below.der));
  const used = new Set(), words = [];
  for (const [holder, issuer] of pairs) {
    let word = null, place = 0;
    for (; place < answers.length && !word; place++) word = await answers[place][0](answers[place][1], holder, issuer);
    const name = authorityOf(holder);
    if (!word) throw new Fault(`Nothing behind the seal says that the certificate of “${name}” was not revoked.`);
    if (word.at < stamp.at && !(word.until && word.until >= stamp.at)) {
      throw new Fault(`The answer on whether “${name}” was revoked had run out before the seal was made.`);
    }
    used.add(place - 1);
    words.push([name, word]);
  }
  if (used.size !== answers.length) throw new Fault("Behind the seal stands an answer that speaks of none of its certificates.");
  return words;
}
