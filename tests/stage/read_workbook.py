"""Prints the sheets of the workbook on standard input as openpyxl reads them, as JSON."""
import datetime, io, json, sys
import openpyxl


def written(cell):
    """Value, type and format of a cell; days and moments as ISO 8601."""
    value = cell.value
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        value = value.isoformat()
    return {"value": value, "type": cell.data_type, "format": cell.number_format}


workbook = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
sheets = [
    {
        "name": sheet.title,
        "frozen": sheet.freeze_panes,
        "filter": sheet.auto_filter.ref,
        "widths": [round(sheet.column_dimensions[key].width) for key in sheet.column_dimensions],
        "rows": [[written(cell) for cell in row] for row in sheet.iter_rows()],
    }
    for sheet in workbook
]
json.dump(sheets, sys.stdout)
