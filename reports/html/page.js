// The page is complete without this script. It opens the folded part that a link points into, and copies commands.
const show = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  const hidden = target.closest('.claim, .case, .heading');
  if (hidden !== null && hidden.getClientRects().length === 0) document.getElementById('show-all')?.click();
  for (let element = target; element !== null; element = element.parentElement) {
    if (element instanceof HTMLDetailsElement) element.open = true;
  }
  if (target.matches('.claim')) target.querySelector('details')?.setAttribute('open', '');
  target.scrollIntoView();
};
addEventListener('hashchange', show);
if (location.hash !== '') show();

const status = document.createElement('p');
status.className = 'status';
status.setAttribute('role', 'status');
document.querySelector('.filters')?.append(status);
document.querySelector('.filters')?.addEventListener('change', ({ target }) => {
  const cases = [...document.querySelectorAll('.case')];
  const shown = target.value === 'all' ? cases : cases.filter((one) => one.dataset.verdict === target.value);
  status.textContent = `${shown.length} of ${cases.length} cases shown`;
  for (const one of document.querySelectorAll('.claim > details')) {
    one.open = target.value !== 'all' && one.querySelector(`.case[data-verdict="${target.value}"]`) !== null;
  }
});

for (const command of document.querySelectorAll('pre.shell')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(command.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(command);
      button.textContent = 'Selected';
    }
  });
  command.after(button);
}
