// Makes pages handier where script runs. Nothing depends on it.
document.documentElement.classList.add('scripted');

const openMenus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  if (event.target instanceof Element && event.target.closest('[data-print]')) window.print();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});

// A second click while the first is under way would send a form twice. Released after a while: the answer may be a file.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
  setTimeout(() => delete form.dataset.sent, 5000);
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// <input data-filter="#id-of-table"> shows the rows that contain all its words.
const plain = (words) => words.normalize('NFKC').toLowerCase();
for (const input of document.querySelectorAll('input[data-filter]')) {
  const table = document.querySelector(input.dataset.filter);
  const rows = [...(table?.querySelectorAll('tbody tr') ?? [])].map((row) => [row, plain(row.textContent)]);
  input.addEventListener('input', () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    for (const [row, content] of rows) row.hidden = !words.every((word) => content.includes(word));
  });
}

// A form that came back with faults says so first.
document.querySelector('#faults')?.focus();

// The board begins at today where it is wider than the window.
for (const board of document.querySelectorAll('.year-board-scroll')) {
  const today = board.querySelector('[data-today]');
  if (!today || board.scrollWidth <= board.clientWidth) continue;
  const { left } = board.getBoundingClientRect();
  board.scrollLeft = today.getBoundingClientRect().left - left - board.clientWidth / 2;
}
