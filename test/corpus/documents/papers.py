"""Documents: PDF, Word and PowerPoint from templates that ship inside, fonts, images by plugins that are found by name."""
import io


def makes_and_reads_a_pdf():
    from pypdf import PdfReader
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.pdfgen import canvas
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
    out = io.BytesIO()
    styles = getSampleStyleSheet()
    SimpleDocTemplate(out, invariant=1).build([Paragraph("Hello <b>World</b>", styles["Title"]), Table([["a", "b"], ["1", "2"]])])
    plain = io.BytesIO()
    page = canvas.Canvas(plain)
    page.drawString(100, 700, "plain")
    page.save()
    return [PdfReader(io.BytesIO(x.getvalue())).pages[0].extract_text().strip() for x in (out, plain)]


def reads_with_pdfminer():
    from pdfminer.cmapdb import CMapDB
    from pdfminer.high_level import extract_text
    from reportlab.pdfgen import canvas
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.drawString(100, 700, "mined")
    page.save()
    return extract_text(io.BytesIO(out.getvalue())).strip(), len(CMapDB.get_cmap("UniJIS-UCS2-H").code2cid)


def draws_a_barcode():
    from reportlab.graphics.barcode import createBarcodeDrawing, getCodeNames
    return len(createBarcodeDrawing("QR", value="x").asString("svg")) > 500, sorted(getCodeNames())


def makes_with_fpdf():
    from fpdf import FPDF
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.write_html("<h1>Title</h1><p>text</p>")
    return len(pdf.output()) > 800


def writes_word_and_powerpoint():
    import docx
    import pptx
    document = docx.Document()
    document.add_heading("Title", 1)
    document.add_table(1, 2, style="Light Grid Accent 1")
    document.sections[0].header.paragraphs[0].text = "head"
    slides = pptx.Presentation()
    slides.slides.add_slide(slides.slide_layouts[1]).shapes.title.text = "T"
    slides.slides[0].notes_slide.notes_text_frame.text = "n"
    a, b = io.BytesIO(), io.BytesIO()
    document.save(a)
    slides.save(b)
    return [p.text for p in docx.Document(io.BytesIO(a.getvalue())).paragraphs], len(slides.slide_layouts), len(b.getvalue()) > 20000


def converts_images():
    from PIL import Image, ImageDraw, ImageFilter, ImageFont
    image = Image.new("RGB", (40, 30), "navy")
    ImageDraw.Draw(image).text((2, 2), "Hi", font=ImageFont.load_default(), fill="white")
    seen = {}
    for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "ICO", "PDF", "PPM", "TGA"):
        out = io.BytesIO()
        image.filter(ImageFilter.GaussianBlur(1)).save(out, kind)
        if kind != "PDF":
            seen[kind] = Image.open(io.BytesIO(out.getvalue())).size
    return str(seen), len(Image.registered_extensions())
