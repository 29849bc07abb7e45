// A quote adds up as one types, by the rules of the server (domain/quotes, domain/fees): without this, “recalculate” asks it.
(() => {
  const euro = new Intl.NumberFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'fr-FR', { style: 'currency', currency: 'EUR' });
  const readings = [/^(\d+)(?:[.,](\d{1,2}))?$/, /^(\d{1,3}(?: \d{3})+)(?:[.,](\d{1,2}))?$/, /^(\d{1,3}(?:\.\d{3})+),(\d{1,2})$/, /^(\d{1,3}(?:,\d{3})+)\.(\d{1,2})$/, /^(\d{1,3}(?:\.\d{3}){2,})$/, /^(\d{1,3}(?:,\d{3}){2,})$/];
  const plain = (text) => text.normalize('NFKC').trim().replace(/\s/g, ' ');
  /** Cents of an amount that reads one way only, null for anything else. */
  const amountOf = (text) => {
    const typed = plain(text).replace(/^€\s*|\s*(?:€|eur|euros?)$/gi, '').replace(/[’']/g, ' ');
    const found = readings.map((reading) => reading.exec(typed)).find(Boolean);
    const cents = found ? Number(found[1].replace(/[ .,]/g, '')) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : 0;
    return cents > 0 && cents <= 1e9 ? cents : null;
  };
  /** Thousandths of a quantity. */
  const quantityOf = (text) => {
    const found = /^(\d+|\d{1,3}(?: \d{3})+)(?:[.,](\d{1,3}))?$/.exec(plain(text));
    const milli = found ? Number(found[1].replaceAll(' ', '')) * 1000 + Number((found[2] ?? '').padEnd(3, '0')) : 0;
    return milli > 0 && milli <= 1e8 ? milli : null;
  };
  // Half up, without losing a cent to floating point.
  const product = (cents, milli) => Number((2n * BigInt(cents) * BigInt(milli) + 1000n) / 2000n);

  for (const form of document.querySelectorAll('form[data-member-quote]')) {
    const card = document.querySelector('.editor-totals');
    const feeOf = (cents) => (form.dataset.basis === 'of_final_amount' ? Math.round((cents * form.dataset.rate) / (10000 - form.dataset.rate)) : Math.round((cents * form.dataset.rate) / 10000));
    const tell = (name, cents) => { for (const cell of card.querySelectorAll(`[data-total="${name}"]`)) cell.textContent = euro.format(cents / 100); };
    const reveal = (name, shown) => { for (const row of card.querySelectorAll(`[data-show="${name}"]`)) row.hidden = !shown; };

    const update = () => {
      const parts = new Map();
      let [due, options, offered, rights, partial] = [0, 0, 0, 0, false];
      for (const line of form.querySelectorAll('[data-line]')) {
        const field = (name) => line.querySelector(`[data-${name}]`);
        const [quantity, unit] = [quantityOf(field('quantity').value), amountOf(field('unit').value)];
        const cents = quantity && unit ? product(unit, quantity) : null;
        line.querySelector('[data-amount]').textContent = cents === null ? '—' : euro.format(cents / 100);
        line.classList.toggle('is-option', field('optional').checked);
        line.classList.toggle('is-offered', field('offered').checked);
        for (const label of line.querySelectorAll('[data-label]')) label.textContent = form.getAttribute(`data-${label.dataset.label}-${field('kind').value}`);
        if (cents === null) { partial ||= field('unit').value.trim() !== '' || !['', '1'].includes(field('quantity').value.trim()); continue; }
        if (field('offered').checked) offered += cents;
        else if (field('optional').checked) options += cents;
        else {
          due += cents;
          if (field('kind').value === 'rights') rights += cents;
          else parts.set(field('section').value.trim(), (parts.get(field('section').value.trim()) ?? 0) + cents);
        }
      }
      const typed = form.querySelector('[name=discount]').value.trim();
      const discount = typed === '' ? 0 : amountOf(typed);
      const total = due - (discount ?? 0);
      const fee = feeOf(Math.max(0, total));
      tell('members', total); tell('options', options); tell('offeredTotal', offered); tell('discount', discount ?? 0); tell('fee', fee); tell('client', Math.max(0, total) + fee);
      reveal('options', options > 0); reveal('offeredTotal', offered > 0); reveal('discount', discount > 0); reveal('partial', partial || discount === null);
      for (const row of card.querySelectorAll('[data-part]')) row.remove();
      const body = card.querySelector('tbody');
      const rows = [...parts].map(([name, cents]) => [name || form.dataset.noSection, cents]);
      if (rights > 0) rows.push([form.dataset.rights, rights]);
      for (const [name, cents] of rows.reverse()) {
        const row = document.createElement('tr');
        row.dataset.part = '';
        const [head, cell] = [document.createElement('th'), document.createElement('td')];
        head.scope = 'row'; head.textContent = name; cell.className = 'amount'; cell.textContent = euro.format(cents / 100);
        row.append(head, cell);
        body.prepend(row);
      }
    };
    form.addEventListener('input', update);
    form.addEventListener('change', update);
    for (const button of document.querySelectorAll('.editor-totals [value=recalculate]')) button.hidden = true;
    // The name the mandate is given in is the one being typed.
    const [name, mandate] = [form.querySelector('[name=legalName]'), form.querySelector('.mandate')];
    if (name && mandate) {
      const [before, ...after] = mandate.textContent.split(' (« le membre »)');
      const opening = before.slice(0, before.lastIndexOf('\n') + 1);
      const unnamed = before.slice(opening.length);
      name.addEventListener('input', () => { mandate.textContent = [`${opening}${name.value.trim() || unnamed}`, ...after].join(' (« le membre »)'); });
    }
  }

  // The 24 h, told while the page stays open.
  for (const left of document.querySelectorAll('[data-until]')) {
    const until = Date.parse(left.dataset.until);
    const tick = () => {
      const minutes = Math.max(0, Math.floor((until - Date.now()) / 60_000));
      left.hidden = minutes === 0;
      left.textContent = `${left.dataset.left} ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
    };
    tick();
    setInterval(tick, 30_000);
  }
})();
