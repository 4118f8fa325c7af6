const form = document.querySelector("form"), rows = [...document.querySelectorAll("tbody tr[data-row]")];
const count = document.getElementById("count"), heads = [...document.querySelectorAll("tr.chapter")];
function within(share, spans) {
  return spans === null || spans.some(s =>
    (s.low === null || (s.low_open ? share > s.low : share >= s.low)) &&
    (s.high === null || (s.high_open ? share < s.high : share <= s.high)));
}
function filter() {
  const f = Object.fromEntries(new FormData(form)), words = f.words.trim().toLowerCase();
  let shown = 0;
  for (const row of rows) {
    const d = row.dataset, sectors = JSON.parse(d.sectors), buckets = JSON.parse(d.buckets);
    const open = b => b === "eligible" || b === "conditional";
    const ok = (!words || row.textContent.toLowerCase().includes(words)) &&
      (!f.chapter || d.chapter === f.chapter) && (!f.force || d.force === f.force) &&
      (f.place === "" || open(buckets[Number(f.place)])) &&
      (!f.sector || sectors === null || sectors.includes(f.sector)) &&
      (f.share === "" || within(Number(f.share), JSON.parse(d.shares)));
    row.hidden = !ok;
    shown += ok;
  }
  const left = rows.filter(row => !row.hidden).map(row => JSON.parse(row.dataset.buckets));
  for (const line of document.querySelectorAll("tfoot tr"))
    line.querySelectorAll("td").forEach((cell, place) => {
      cell.textContent = left.filter(buckets => buckets[place] === line.dataset.bucket).length;
    });
  for (const head of heads) head.hidden = !rows.some(r => r.dataset.chapter === head.dataset.chapter && !r.hidden);
  count.textContent = count.dataset.text.replace("{count}", shown);
}
form.addEventListener("input", filter);
form.addEventListener("submit", event => event.preventDefault());
filter();
