// Runs before the page is drawn. The page was written in English; who reads another of our languages does not see it
// until the app has put it into theirs (app.css, data-translating).
(() => {
	const known = ['en', 'es'];
	let chosen = null;
	try {
		chosen = localStorage.getItem('arca-language');
	} catch {
		// Storage is blocked: the browser's languages decide.
	}
	const wanted = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]);
	const language = [chosen, ...wanted].find((tag) => known.includes(tag)) ?? known[0];
	const page = document.documentElement;
	if (language === page.lang) return;
	page.lang = language;
	page.dataset.translating = '';
})();
