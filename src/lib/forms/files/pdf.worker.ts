// Reads PDFs, off the page. That it has a file of its own is what names its address among those a script may start from.
import 'pdfjs-dist/build/pdf.worker.mjs';
