// What is said of a window (its days with their weekdays, how many of them) holds for the dates that were sent: it goes when they change.
for (const input of document.querySelectorAll('.new-year-window input[type=date]')) {
  input.addEventListener('input', () => {
    const row = input.closest('tr');
    for (const said of row.querySelectorAll('[data-said-of], td.number > span, .new-year-days')) said.hidden = true;
  });
}
