// Follows what is being computed, so that the page need not be loaded anew; without script it reloads itself.
const EVERY = 1000;
const AFTER_TROUBLE = 5000;

async function follow(place) {
  try {
    const response = await fetch(place.dataset.progress, { headers: { accept: 'application/json' } });
    // signed out meanwhile: the page leads to where one signs in
    if (response.status === 401) return location.reload();
    if (!response.ok) throw new Error(response.statusText);
    const { over, seconds, timeLimit, said } = await response.json();
    // beside a form that somebody may be filling in, the page stays as it is
    if (over && !('stay' in place.dataset)) return location.reload();
    const bar = place.querySelector('progress');
    if (timeLimit) {
      bar.max = timeLimit;
      bar.value = over ? timeLimit : seconds;
    }
    for (const part of place.querySelectorAll('[data-said]')) {
      const words = said[part.dataset.said];
      if (words !== undefined && part.textContent !== words) part.textContent = words;
    }
    if (!over) setTimeout(follow, EVERY, place);
  } catch {
    setTimeout(follow, AFTER_TROUBLE, place);
  }
}

for (const place of document.querySelectorAll('[data-progress]')) setTimeout(follow, EVERY, place);
