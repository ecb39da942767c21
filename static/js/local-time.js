// Adds the reader's own local time after <time datetime="…" data-local>, unless it is one of those printed; without
// script these stand alone.
const page = document.documentElement.lang || "en";
const language = navigator.languages.find((mine) => mine.slice(0, 2) === page.slice(0, 2)) || page;
for (const time of document.querySelectorAll("time[datetime][data-local]")) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.valueOf())) continue;
  const printed = (form) => time.textContent.includes(new Intl.DateTimeFormat("en-GB", form).format(moment));
  const day = printed({ day: "numeric" }) || printed({ weekday: "short" });
  if (day && printed({ hour: "2-digit", minute: "2-digit" })) continue;
  const local = new Intl.DateTimeFormat(language, {
    weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZoneName: "short",
  });
  const note = document.createElement("span");
  note.className = "muted";
  note.textContent = ` (${local.format(moment)}, ${time.dataset.local || "your time"})`;
  time.after(note);
}
// Tells the site the reader's zone together with a form they send, so that mails and receipts can name their own time.
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
for (const zone of document.querySelectorAll('input[name="zone"]')) zone.value = timeZone || "";
