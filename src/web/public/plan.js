// Follows a plan that is being computed, so that the page need not be loaded anew; without script it reloads itself.
const progress = document.querySelector('[data-progress]');
const EVERY = 1000;
const AFTER_TROUBLE = 5000;

async function follow() {
  try {
    const response = await fetch(progress.dataset.progress, { headers: { accept: 'application/json' } });
    // signed out meanwhile: the page leads to where one signs in
    if (response.status === 401) return location.reload();
    if (!response.ok) throw new Error(response.statusText);
    const { over, seconds, timeLimit, said } = await response.json();
    if (over) return location.reload();
    const bar = progress.querySelector('progress');
    bar.max = timeLimit;
    bar.value = seconds;
    for (const place of progress.querySelectorAll('[data-said]')) {
      const words = said[place.dataset.said];
      if (words !== undefined && place.textContent !== words) place.textContent = words;
    }
    setTimeout(follow, EVERY);
  } catch {
    setTimeout(follow, AFTER_TROUBLE);
  }
}

if (progress) setTimeout(follow, EVERY);
