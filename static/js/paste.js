// Gives each [data-paste] field a button that copies it, and keeps the count of words beside one with data-count.
const count = (text) => text.trim().split(/\s+/).filter(Boolean).length;
for (const field of document.querySelectorAll("[data-paste]")) {
  if (navigator.clipboard) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-quiet";
    const label = button.textContent = `Copy the ${field.dataset.paste}`;
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    field.after(button, said);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = said.textContent = "Copied";
      setTimeout(() => { button.textContent = label; said.textContent = ""; }, 2500);
    });
  }
  const shown = field.dataset.count && field.parentElement.querySelector("[data-counted]");
  if (!shown) continue;
  const over = field.parentElement.querySelector("[data-over]");
  // The journal leaves parts out of its count: what is typed or cut is added to what was counted.
  const counted = Number(field.dataset.count), began = Number(field.dataset.whole), most = Number(field.dataset.limit);
  const tell = () => {
    const now = counted + count(field.value) - began;
    shown.textContent = now;
    if (over) over.hidden = !most || now <= most;
  };
  field.addEventListener("input", tell);
  tell();
}
