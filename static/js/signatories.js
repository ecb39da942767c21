// Shows the signatories that hold the words typed, at once; without script the form asks the site.
const field = document.querySelector(".find input");
const said = document.querySelector(".find [role=status]");
const rows = [...document.querySelectorAll(".signatories tbody tr")];
// After a search by the site some rows are missing, so the form goes on asking the site.
if (field && rows.length === Number(said.dataset.everybody)) {
  const plain = (words) => words.normalize("NFKC").toLowerCase();
  const held = rows.map((row) => plain(row.textContent));
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => held[place].includes(word));
      shown += !row.hidden;
    });
    said.textContent = words.length ? `${shown} of ${rows.length} shown.` : "";
  };
  field.addEventListener("input", show);
  field.form.addEventListener("submit", (event) => { event.preventDefault(); show(); });
  show();
}
