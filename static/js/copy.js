// Gives each [data-copy] a button that copies its value (or, when empty, its text); nothing shows where copying is not allowed.
for (const source of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = source.matches("button") ? source : document.createElement("button");
  if (button !== source) {
    button.type = "button";
    button.className = "button-quiet";
    button.textContent = source.dataset.copyLabel || "Copy";
    source.after(" ", button);
  }
  button.hidden = false;
  const label = button.textContent;
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  button.after(said);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.dataset.copy || source.textContent.trim());
    button.textContent = said.textContent = source.dataset.copied || "Copied";
    setTimeout(() => { button.textContent = label; said.textContent = ""; }, 2500);
  });
}
