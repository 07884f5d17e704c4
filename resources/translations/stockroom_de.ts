<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
  <context>
    <name>Admission</name>
    <message>
      <source>Nothing was half-saved: what was not posted is as it was before.
What happened stands below. Please send it to whoever looks after the program.</source>
      <translation>Nichts wurde halb gespeichert: Was nicht gebucht war, ist wie zuvor.
Was geschah, steht unten. Bitte an die Person schicken, die das Programm betreut.</translation>
    </message>
    <message>
      <source>Nothing was half-saved: what was not posted is as it was before.
What happened stands in {file}. Please send it to whoever looks after the program.</source>
      <translation>Nichts wurde halb gespeichert: Was nicht gebucht war, ist wie zuvor.
Was geschah, steht in {file}. Bitte an die Person schicken, die das Programm betreut.</translation>
    </message>
    <message>
      <source>Show the file</source>
      <translation>Datei zeigen</translation>
    </message>
    <message>
      <source>Something went wrong</source>
      <translation>Etwas ging schief</translation>
    </message>
    <message>
      <source>This is a fault in the program, not in what you did.</source>
      <translation>Das ist ein Fehler des Programms, nicht Ihrer.</translation>
    </message>
  </context>
  <context>
    <name>AuditDetails</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close (Esc)</source>
      <translation>Schließen (Esc)</translation>
    </message>
    <message>
      <source>Differences</source>
      <translation>Abweichungen</translation>
    </message>
    <message>
      <source>What the audit found</source>
      <translation>Was die Prüfung gefunden hat</translation>
    </message>
  </context>
  <context>
    <name>AuditLight</name>
    <message>
      <source>not audited yet</source>
      <translation>noch nicht geprüft</translation>
    </message>
  </context>
  <context>
    <name>Auditor</name>
    <message>
      <source>All items were checked, the last at {time}: everything adds up.</source>
      <translation>Alle Artikel sind geprüft, der letzte um {time}: Alles stimmt.</translation>
    </message>
    <message>
      <source>Checked at {time}: this does not add up. “rebuild” puts it right.</source>
      <translation>Geprüft um {time}: Das stimmt nicht. „rebuild“ bringt es in Ordnung.</translation>
    </message>
    <message>
      <source>Items checked so far: {percent} %. Everything adds up.</source>
      <translation>Bisher geprüfte Artikel: {percent} %. Alles stimmt.</translation>
    </message>
    <message>
      <source>audit ok</source>
      <translation>Prüfung ok</translation>
    </message>
    <message>
      <source>audit: {count} differ</source>
      <translation>Prüfung: {count} abweichend</translation>
    </message>
    <message>
      <source>audit: {percent} %</source>
      <translation>Prüfung: {percent} %</translation>
    </message>
  </context>
  <context>
    <name>Banner</name>
    <message>
      <source>Close this message</source>
      <translation>Meldung schließen</translation>
    </message>
    <message>
      <source>Close this message (Esc)</source>
      <translation>Meldung schließen (Esc)</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Not done</source>
      <translation>Nicht ausgeführt</translation>
    </message>
    <message>
      <source>Please look</source>
      <translation>Bitte ansehen</translation>
    </message>
  </context>
  <context>
    <name>BrowsingScreen</name>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Back (Alt+Left)</source>
      <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
      <source>Forward</source>
      <translation>Vor</translation>
    </message>
    <message>
      <source>Forward (Alt+Right)</source>
      <translation>Vor (Alt+Rechts)</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Etiketten</translation>
    </message>
    <message>
      <source>Look up</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>SKU, any part of a name, barcode, lot, bin, document or reference</source>
      <translation>Artikelnummer, Teil des Namens, Barcode, Charge, Platz, Beleg oder Referenz</translation>
    </message>
  </context>
  <context>
    <name>CalibrationPanel</name>
    <message>
      <source>Height, %</source>
      <translation>Höhe, %</translation>
    </message>
    <message>
      <source>Keep</source>
      <translation>Behalten</translation>
    </message>
    <message>
      <source>Print test page</source>
      <translation>Testseite drucken</translation>
    </message>
    <message>
      <source>Print the test page on plain paper and hold it with a sheet of labels against the light.</source>
      <translation>Die Testseite auf Normalpapier drucken und mit einem Etikettenbogen gegen das Licht halten.</translation>
    </message>
    <message>
      <source>Shift down, mm</source>
      <translation>Nach unten, mm</translation>
    </message>
    <message>
      <source>Shift to the right, mm</source>
      <translation>Nach rechts, mm</translation>
    </message>
    <message>
      <source>Width, %</source>
      <translation>Breite, %</translation>
    </message>
  </context>
  <context>
    <name>CatalogueColumns</name>
    <message>
      <source>Barcode</source>
      <translation>Barcode</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>Kategorie</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Dock</source>
      <translation>Rampe</translation>
    </message>
    <message>
      <source>In transit</source>
      <translation>Unterwegs</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Path</source>
      <translation>Pfad</translation>
    </message>
    <message>
      <source>Quarantine</source>
      <translation>Sperrlager</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>Artikelnummer</translation>
    </message>
    <message>
      <source>Site</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Storage</source>
      <translation>Lager</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
  </context>
  <context>
    <name>CatalogueView</name>
    <message>
      <source>Assign it to {item}</source>
      <translation>Zu {item} hinzufügen</translation>
    </message>
    <message>
      <source>Catalogue</source>
      <translation>Stammdaten</translation>
    </message>
    <message>
      <source>Close without saving</source>
      <translation>Schließen ohne zu speichern</translation>
    </message>
    <message>
      <source>Ctrl+N adds one by hand, Ctrl+I brings many in from Excel or CSV.</source>
      <translation>Strg+N legt einen von Hand an, Strg+I holt viele aus Excel oder CSV.</translation>
    </message>
    <message>
      <source>Find a customer</source>
      <translation>Kunden suchen</translation>
    </message>
    <message>
      <source>Find a location</source>
      <translation>Ort suchen</translation>
    </message>
    <message>
      <source>Find a supplier</source>
      <translation>Lieferanten suchen</translation>
    </message>
    <message>
      <source>Find an item</source>
      <translation>Artikel suchen</translation>
    </message>
    <message>
      <source>Import a table</source>
      <translation>Tabelle einlesen</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>Nothing goes by {code} yet.</source>
      <translation>Unter {code} ist noch nichts bekannt.</translation>
    </message>
    <message>
      <source>Nothing goes by {code}. Open the item it is on and scan it again.</source>
      <translation>Unter {code} ist nichts bekannt. Den Artikel öffnen, auf dem er steht, und noch einmal scannen.</translation>
    </message>
    <message>
      <source>Nothing here</source>
      <translation>Hier ist nichts</translation>
    </message>
    <message>
      <source>Remove it</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Save or throw away first</source>
      <translation>Erst speichern oder verwerfen</translation>
    </message>
    <message>
      <source>Saved</source>
      <translation>Gespeichert</translation>
    </message>
    <message>
      <source>The changes to {record} are not saved.</source>
      <translation>Die Änderungen an {record} sind nicht gespeichert.</translation>
    </message>
    <message>
      <source>Throw them away</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>What the catalogue holds</source>
      <translation>Was die Stammdaten enthalten</translation>
    </message>
    <message>
      <source>not saved yet</source>
      <translation>noch nicht gespeichert</translation>
    </message>
    <message>
      <source>the new record</source>
      <translation>dem neuen Eintrag</translation>
    </message>
    <message>
      <source>{code} unknown</source>
      <translation>{code} unbekannt</translation>
    </message>
    <message>
      <source>{code} will not be known any more when it is scanned.</source>
      <translation>{code} wird beim Scannen nicht mehr erkannt.</translation>
    </message>
    <message>
      <source>{item} cannot be counted in {unit} any more. What is booked stays.</source>
      <translation>{item} kann nicht mehr in {unit} gezählt werden. Was gebucht ist, bleibt.</translation>
    </message>
    <message>
      <source>{key} is saved.</source>
      <translation>{key} ist gespeichert.</translation>
    </message>
  </context>
  <context>
    <name>ClosingCount</name>
    <message>
      <source>1 count</source>
      <translation>1 Zählung</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 Zeile</translation>
    </message>
    <message>
      <source>Cancel the sheet</source>
      <translation>Liste abbrechen</translation>
    </message>
    <message>
      <source>Given up: {counts} of {lines}. Nothing is booked.</source>
      <translation>Verworfen: {counts} von {lines}. Gebucht wird nichts.</translation>
    </message>
    <message>
      <source>Nothing is counted yet. Scan, type or import the counts first.</source>
      <translation>Noch ist nichts gezählt. Zuerst scannen, eingeben oder Zählwerte einlesen.</translation>
    </message>
    <message>
      <source>Open {number}</source>
      <translation>{number} öffnen</translation>
    </message>
    <message>
      <source>Posting the count</source>
      <translation>Zählung wird gebucht</translation>
    </message>
    <message>
      <source>Reverse</source>
      <translation>Stornieren</translation>
    </message>
    <message>
      <source>The sheet is cancelled; its places can be counted anew.</source>
      <translation>Die Liste ist abgebrochen; ihre Plätze können neu gezählt werden.</translation>
    </message>
    <message>
      <source>{count} counts</source>
      <translation>{count} Zählungen</translation>
    </message>
    <message>
      <source>{count} lines</source>
      <translation>{count} Zeilen</translation>
    </message>
    <message>
      <source>{document} with 1 counted line is taken back: stock and value become as if it had not been counted.</source>
      <translation>{document} mit 1 gezählten Zeile wird zurückgenommen: Bestand und Wert werden, als wäre sie nicht gezählt worden.</translation>
    </message>
    <message>
      <source>{document} with {count} counted lines is taken back: stock and value become as if it had not been counted.</source>
      <translation>{document} mit {count} gezählten Zeilen wird zurückgenommen: Bestand und Wert werden, als wäre nicht gezählt worden.</translation>
    </message>
    <message>
      <source>{number} posted: stock agrees with the count. {totals}</source>
      <translation>{number} gebucht: Der Bestand entspricht der Zählung. {totals}</translation>
    </message>
    <message>
      <source>{number} took the count back.</source>
      <translation>{number} hat die Zählung zurückgenommen.</translation>
    </message>
  </context>
  <context>
    <name>CompanyPage</name>
    <message>
      <source>A bicycle maker with 504 products, to look around in. It stays, here:</source>
      <translation>Ein Fahrradbauer mit 504 Produkten, zum Umsehen. Er bleibt, und zwar hier:</translation>
    </message>
    <message>
      <source>A company that already lies in a file on this PC.</source>
      <translation>Ein Betrieb, der schon in einer Datei auf diesem PC liegt.</translation>
    </message>
    <message>
      <source>As far as they can still be read, it was this one:</source>
      <translation>Soweit sie noch lesbar sind, war es dieser:</translation>
    </message>
    <message>
      <source>Back to the company that was open</source>
      <translation>Zurück zum Betrieb, der offen war</translation>
    </message>
    <message>
      <source>Begin a company there</source>
      <translation>Dort einen Betrieb beginnen</translation>
    </message>
    <message>
      <source>Empty, your own: you bring in your items and places. It lies on this PC:</source>
      <translation>Leer, Ihr eigener: Sie bringen Ihre Artikel und Plätze ein. Er liegt auf diesem PC:</translation>
    </message>
    <message>
      <source>Join a shared database</source>
      <translation>Mit einer gemeinsamen Datenbank arbeiten</translation>
    </message>
    <message>
      <source>New company</source>
      <translation>Neuer Betrieb</translation>
    </message>
    <message>
      <source>Nothing changes.</source>
      <translation>Es ändert sich nichts.</translation>
    </message>
    <message>
      <source>Open a company</source>
      <translation>Einen Betrieb öffnen</translation>
    </message>
    <message>
      <source>Open a company's file</source>
      <translation>Datei eines Betriebs öffnen</translation>
    </message>
    <message>
      <source>Open a company's file …</source>
      <translation>Datei eines Betriebs öffnen …</translation>
    </message>
    <message>
      <source>Open another company</source>
      <translation>Anderen Betrieb öffnen</translation>
    </message>
    <message>
      <source>Open that company</source>
      <translation>Diesen Betrieb öffnen</translation>
    </message>
    <message>
      <source>Sample company</source>
      <translation>Beispielbetrieb</translation>
    </message>
    <message>
      <source>Several PCs work on one PostgreSQL server. You need its address.</source>
      <translation>Mehrere PCs arbeiten auf einem PostgreSQL-Server. Sie brauchen seine Adresse.</translation>
    </message>
    <message>
      <source>The company of the damaged settings</source>
      <translation>Der Betrieb aus den beschädigten Einstellungen</translation>
    </message>
    <message>
      <source>Welcome</source>
      <translation>Willkommen</translation>
    </message>
    <message>
      <source>Which company do you want to work on? What is scanned meanwhile waits until one is open.</source>
      <translation>An welchem Betrieb möchten Sie arbeiten? Was inzwischen gescannt wird, wartet, bis einer offen ist.</translation>
    </message>
    <message>
      <source>{place} asks for your password.</source>
      <translation>{place} fragt nach Ihrem Kennwort.</translation>
    </message>
    <message>
      <source>{place} does not accept this user and password.</source>
      <translation>{place} nimmt Benutzer und Kennwort nicht an.</translation>
    </message>
  </context>
  <context>
    <name>ConfirmStrip</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Keep everything as it is</source>
      <translation>Alles lassen, wie es ist</translation>
    </message>
    <message>
      <source>Sure?</source>
      <translation>Sicher?</translation>
    </message>
  </context>
  <context>
    <name>CountDesk</name>
    <message>
      <source> · {different} differ</source>
      <translation> · {different} abweichend</translation>
    </message>
    <message>
      <source>{counted} of {lines} counted</source>
      <translation>{counted} von {lines} gezählt</translation>
    </message>
  </context>
  <context>
    <name>CountPage</name>
    <message>
      <source>By</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>Gezählt</translation>
    </message>
    <message>
      <source>Expected</source>
      <translation>Erwartet</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Lines of the count sheet</source>
      <translation>Zeilen der Zählliste</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Not counted</source>
      <translation>Nicht gezählt</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Bemerkung</translation>
    </message>
    <message>
      <source>found here</source>
      <translation>hier gefunden</translation>
    </message>
  </context>
  <context>
    <name>CountSheetsView</name>
    <message>
      <source>1 line is in the workbook. Its counts can be imported at any time.</source>
      <translation>1 Zeile steht in der Mappe. Ihre Zählungen lassen sich jederzeit einlesen.</translation>
    </message>
    <message>
      <source>1 line. Scan a bin and its goods, or type the counts.</source>
      <translation>1 Zeile. Einen Platz und seine Ware scannen oder die Zählungen eingeben.</translation>
    </message>
    <message>
      <source>1 page printed.</source>
      <translation>1 Seite gedruckt.</translation>
    </message>
    <message>
      <source>1 row saved.</source>
      <translation>1 Zeile gespeichert.</translation>
    </message>
    <message>
      <source>A count sheet lists what lies in a zone. Count it by scanner, on the screen, on paper or in Excel, look at the differences, post them.</source>
      <translation>Eine Zählliste zeigt, was in einer Zone liegt. Mit dem Scanner, am Bildschirm, auf Papier oder in Excel zählen, Abweichungen ansehen, buchen.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Bin {bin}</source>
      <translation>Platz {bin}</translation>
    </message>
    <message>
      <source>Count sheets</source>
      <translation>Zähllisten</translation>
    </message>
    <message>
      <source>Excel (*.xlsx)</source>
      <translation>Excel (*.xlsx)</translation>
    </message>
    <message>
      <source>Excel (*.xlsx);;CSV (*.csv)</source>
      <translation>Excel (*.xlsx);;CSV (*.csv)</translation>
    </message>
    <message>
      <source>Import the counts of a sheet</source>
      <translation>Zählwerte einer Liste einlesen</translation>
    </message>
    <message>
      <source>Make a count sheet</source>
      <translation>Zählliste anlegen</translation>
    </message>
    <message>
      <source>No count sheets yet</source>
      <translation>Noch keine Zähllisten</translation>
    </message>
    <message>
      <source>Post</source>
      <translation>Buchen</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>Drucken</translation>
    </message>
    <message>
      <source>Print the count sheet</source>
      <translation>Zählliste drucken</translation>
    </message>
    <message>
      <source>Printing</source>
      <translation>Wird gedruckt</translation>
    </message>
    <message>
      <source>Reading {file}</source>
      <translation>{file} wird gelesen</translation>
    </message>
    <message>
      <source>Save as Excel</source>
      <translation>Als Excel speichern</translation>
    </message>
    <message>
      <source>Save the table</source>
      <translation>Tabelle speichern</translation>
    </message>
    <message>
      <source>Taken over: {imported} · unchanged: {unchanged} · problems: {problems}</source>
      <translation>Übernommen: {imported} · unverändert: {unchanged} · Probleme: {problems}</translation>
    </message>
    <message>
      <source>Writing the workbook</source>
      <translation>Arbeitsmappe wird geschrieben</translation>
    </message>
    <message>
      <source>{count} lines are in the workbook. Its counts can be imported at any time.</source>
      <translation>{count} Zeilen stehen in der Arbeitsmappe. Ihre Zählwerte können jederzeit eingelesen werden.</translation>
    </message>
    <message>
      <source>{count} lines. Scan a bin and its goods, or type the counts.</source>
      <translation>{count} Zeilen. Einen Platz und seine Ware scannen oder die Zahlen tippen.</translation>
    </message>
    <message>
      <source>{count} pages printed.</source>
      <translation>{count} Seiten gedruckt.</translation>
    </message>
    <message>
      <source>{count} rows saved.</source>
      <translation>{count} Zeilen gespeichert.</translation>
    </message>
  </context>
  <context>
    <name>DatedWork</name>
    <message>
      <source>It happened: {moment}. {changes}</source>
      <translation>Geschehen: {moment}. {changes}</translation>
    </message>
    <message>
      <source>Post it</source>
      <translation>Buchen</translation>
    </message>
  </context>
  <context>
    <name>Desk</name>
    <message>
      <source>Address, then Enter</source>
      <translation>Adresse, dann Enter</translation>
    </message>
    <message>
      <source>Calibrate</source>
      <translation>Kalibrieren</translation>
    </message>
    <message>
      <source>La&amp;bels</source>
      <translation>&amp;Etiketten</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Etiketten</translation>
    </message>
    <message>
      <source>Net&amp;work label printer</source>
      <translation>Etikettendrucker im Net&amp;z</translation>
    </message>
    <message>
      <source>Network label printer</source>
      <translation>Etikettendrucker im Netz</translation>
    </message>
    <message>
      <source>None: save as PDF or ZPL</source>
      <translation>Keiner: als PDF oder ZPL speichern</translation>
    </message>
    <message>
      <source>P&amp;rinter</source>
      <translation>Druc&amp;ker</translation>
    </message>
    <message>
      <source>Print hea&amp;d</source>
      <translation>Dru&amp;ckkopf</translation>
    </message>
    <message>
      <source>Print head</source>
      <translation>Druckkopf</translation>
    </message>
    <message>
      <source>Printer</source>
      <translation>Drucker</translation>
    </message>
    <message>
      <source>{dpi} dpi</source>
      <translation>{dpi} dpi</translation>
    </message>
    <message>
      <source>{name} · ZPL over the network</source>
      <translation>{name} · ZPL über das Netz</translation>
    </message>
    <message>
      <source>{name} · ZPL past the driver</source>
      <translation>{name} · ZPL am Treiber vorbei</translation>
    </message>
  </context>
  <context>
    <name>DocumentPanel</name>
    <message>
      <source>Movements</source>
      <translation>Bewegungen</translation>
    </message>
    <message>
      <source>Nothing has come or gone for it yet</source>
      <translation>Dafür ist noch nichts gekommen oder gegangen</translation>
    </message>
    <message>
      <source>Nothing has moved</source>
      <translation>Nichts wurde bewegt</translation>
    </message>
    <message>
      <source>Order lines</source>
      <translation>Auftragszeilen</translation>
    </message>
    <message>
      <source>Receipts and issues for this order will be listed here.</source>
      <translation>Hier werden Eingänge und Ausgänge zu diesem Auftrag stehen.</translation>
    </message>
    <message>
      <source>This document changed no stock.</source>
      <translation>Dieser Beleg hat keinen Bestand verändert.</translation>
    </message>
    <message>
      <source>What has come or gone for it</source>
      <translation>Was dafür gekommen oder gegangen ist</translation>
    </message>
  </context>
  <context>
    <name>ExchangeScreen</name>
    <message>
      <source>1 row written to {file}.</source>
      <translation>1 Zeile nach {file} geschrieben.</translation>
    </message>
    <message>
      <source>Barcodes</source>
      <translation>Barcodes</translation>
    </message>
    <message>
      <source>Bills of materials</source>
      <translation>Stücklisten</translation>
    </message>
    <message>
      <source>Customers</source>
      <translation>Kunden</translation>
    </message>
    <message>
      <source>Export {table}</source>
      <translation>{table} ausgeben</translation>
    </message>
    <message>
      <source>Export …</source>
      <translation>Ausgeben …</translation>
    </message>
    <message>
      <source>Import 1 row</source>
      <translation>1 Zeile einlesen</translation>
    </message>
    <message>
      <source>Import the good row</source>
      <translation>Die gute Zeile einlesen</translation>
    </message>
    <message>
      <source>Import the {count} good rows</source>
      <translation>Die {count} guten Zeilen einlesen</translation>
    </message>
    <message>
      <source>Import {count} rows</source>
      <translation>{count} Zeilen einlesen</translation>
    </message>
    <message>
      <source>Import {table}</source>
      <translation>{table} einlesen</translation>
    </message>
    <message>
      <source>Import …</source>
      <translation>Einlesen …</translation>
    </message>
    <message>
      <source>Imported: {good} · as they were: {same}</source>
      <translation>Eingelesen: {good} · wie zuvor: {same}</translation>
    </message>
    <message>
      <source>Imported: {good} · as they were: {same} · the others are in {rejects}.</source>
      <translation>Eingelesen: {good} · wie zuvor: {same} · die übrigen stehen in {rejects}.</translation>
    </message>
    <message>
      <source>In {file}: {good} good, {bad} with problems, {same} not new.</source>
      <translation>In {file}: {good} gut, {bad} mit Fehlern, {same} nicht neu.</translation>
    </message>
    <message>
      <source>In {file}: {good} new or changed, {same} as they are here.</source>
      <translation>In {file}: {good} neu oder geändert, {same} wie hier.</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Locations</source>
      <translation>Orte</translation>
    </message>
    <message>
      <source>Nothing of {file} can be taken: 1 row has problems.</source>
      <translation>Aus {file} kann nichts übernommen werden: 1 Zeile hat Fehler.</translation>
    </message>
    <message>
      <source>Nothing of {file} can be taken: {count} rows have problems.</source>
      <translation>Aus {file} kann nichts übernommen werden: {count} Zeilen haben Fehler.</translation>
    </message>
    <message>
      <source>Orders</source>
      <translation>Aufträge</translation>
    </message>
    <message>
      <source>Packs</source>
      <translation>Packungen</translation>
    </message>
    <message>
      <source>Prices of suppliers</source>
      <translation>Preise der Lieferanten</translation>
    </message>
    <message>
      <source>Suppliers</source>
      <translation>Lieferanten</translation>
    </message>
    <message>
      <source>Tables</source>
      <translation>Tabellen</translation>
    </message>
    <message>
      <source>{count} rows written to {file}.</source>
      <translation>{count} Zeilen nach {file} geschrieben.</translation>
    </message>
    <message>
      <source>{file} says nothing new: all {count} rows are as they are here.</source>
      <translation>{file} sagt nichts Neues: alle {count} Zeilen sind wie hier.</translation>
    </message>
    <message>
      <source>{file} says nothing new: its row is as it is here.</source>
      <translation>{file} sagt nichts Neues: die Zeile ist wie hier.</translation>
    </message>
  </context>
  <context>
    <name>FirstSteps</name>
    <message>
      <source>Bring in items and locations on the Catalogue screen (F9). To look around first, open the sample company: View (Alt+V), Open another company …</source>
      <translation>Bringen Sie Artikel und Plätze in den Stammdaten ein (F9). Um sich erst umzusehen, öffnen Sie den Beispielbetrieb: Darstellung (Alt+V), Anderen Betrieb öffnen …</translation>
    </message>
    <message>
      <source>Open the catalogue</source>
      <translation>Stammdaten öffnen</translation>
    </message>
    <message>
      <source>This company has no items yet</source>
      <translation>Dieser Betrieb hat noch keine Artikel</translation>
    </message>
  </context>
  <context>
    <name>HistoryPanel</name>
    <message>
      <source>All of {what}</source>
      <translation>Alles von {what}</translation>
    </message>
    <message>
      <source>Choose a line above</source>
      <translation>Oben eine Zeile wählen</translation>
    </message>
    <message>
      <source>Every receipt, transfer, issue and count will be listed here.</source>
      <translation>Hier wird jeder Eingang, jede Umlagerung, jeder Ausgang und jede Zählung stehen.</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Its whole history is shown here.</source>
      <translation>Hier steht der ganze Verlauf.</translation>
    </message>
    <message>
      <source>Nothing has happened yet</source>
      <translation>Noch ist nichts geschehen</translation>
    </message>
  </context>
  <context>
    <name>JoinForm</name>
    <message>
      <source>&amp;Database</source>
      <translation>&amp;Datenbank</translation>
    </message>
    <message>
      <source>&amp;Keep the password in PostgreSQL's password file</source>
      <translation>Kennwort in der Kennwortdatei von PostgreSQL &amp;behalten</translation>
    </message>
    <message>
      <source>&amp;Options</source>
      <translation>&amp;Optionen</translation>
    </message>
    <message>
      <source>&amp;Port</source>
      <translation>&amp;Port</translation>
    </message>
    <message>
      <source>&amp;Server</source>
      <translation>&amp;Server</translation>
    </message>
    <message>
      <source>&amp;User</source>
      <translation>Ben&amp;utzer</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>Verbinden</translation>
    </message>
    <message>
      <source>Keep the password in PostgreSQL's password file</source>
      <translation>Kennwort in der Kennwortdatei von PostgreSQL behalten</translation>
    </message>
    <message>
      <source>Pass&amp;word</source>
      <translation>Kenn&amp;wort</translation>
    </message>
    <message>
      <source>The program never writes a password into its settings or its log. Left empty, it is taken from PostgreSQL's password file (.pgpass, on Windows pgpass.conf), which only you can read; not kept there, it is asked for at each start.</source>
      <translation>Das Programm schreibt nie ein Kennwort in seine Einstellungen oder sein Protokoll. Bleibt es leer, wird es der Kennwortdatei von PostgreSQL entnommen (.pgpass, unter Windows pgpass.conf), die nur Sie lesen können; steht es nicht dort, wird bei jedem Start danach gefragt.</translation>
    </message>
    <message>
      <source>its name, or all as postgresql://user@host/name</source>
      <translation>sein Name, oder alles als postgresql://user@host/name</translation>
    </message>
    <message>
      <source>only if the server wants any: sslmode=require</source>
      <translation>nur wenn der Server welche will: sslmode=require</translation>
    </message>
  </context>
  <context>
    <name>KeysOverlay</name>
    <message>
      <source>All keys</source>
      <translation>Alle Tasten</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close the keys (Esc)</source>
      <translation>Tasten schließen (Esc)</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
  </context>
  <context>
    <name>LabelsView</name>
    <message>
      <source>1 label</source>
      <translation>1 Etikett</translation>
    </message>
    <message>
      <source>1 label went to {where}.</source>
      <translation>1 Etikett ging an {where}.</translation>
    </message>
    <message>
      <source>1 sheet</source>
      <translation>1 Bogen</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Etiketten</translation>
    </message>
    <message>
      <source>Most printers leave the edge of this sheet blank</source>
      <translation>Die meisten Drucker lassen den Rand dieses Bogens frei</translation>
    </message>
    <message>
      <source>PDF</source>
      <translation>PDF</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>Drucken</translation>
    </message>
    <message>
      <source>Print it at actual size, 100 %.</source>
      <translation>In Originalgröße drucken, 100 %.</translation>
    </message>
    <message>
      <source>Print them</source>
      <translation>Drucken</translation>
    </message>
    <message>
      <source>Print {count}</source>
      <translation>{count} drucken</translation>
    </message>
    <message>
      <source>Printing labels</source>
      <translation>Etiketten werden gedruckt</translation>
    </message>
    <message>
      <source>Put them back</source>
      <translation>Zurücklegen</translation>
    </message>
    <message>
      <source>Save labels</source>
      <translation>Etiketten speichern</translation>
    </message>
    <message>
      <source>Test page</source>
      <translation>Testseite</translation>
    </message>
    <message>
      <source>ZPL</source>
      <translation>ZPL</translation>
    </message>
    <message>
      <source>{count} labels</source>
      <translation>{count} Etiketten</translation>
    </message>
    <message>
      <source>{count} labels went to {where}.</source>
      <translation>{count} Etiketten gingen an {where}.</translation>
    </message>
    <message>
      <source>{count} sheets</source>
      <translation>{count} Bögen</translation>
    </message>
    <message>
      <source>{labels} labels will be printed, {pages} sheets or pieces of a roll.</source>
      <translation>{labels} Etiketten werden gedruckt, {pages} Bögen oder Stücke einer Rolle.</translation>
    </message>
    <message>
      <source>{labels} on {sheets}</source>
      <translation>{labels} auf {sheets}</translation>
    </message>
  </context>
  <context>
    <name>LanguagePanel</name>
    <message>
      <source>As the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>It is spoken from the next start of the program on.</source>
      <translation>Gilt ab dem nächsten Start des Programms.</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
  </context>
  <context>
    <name>LineCard</name>
    <message>
      <source>Counted</source>
      <translation>Gezählt</translation>
    </message>
    <message>
      <source>Expected {quantity}</source>
      <translation>Erwartet {quantity}</translation>
    </message>
    <message>
      <source>Type what you counted</source>
      <translation>Gezählte Menge eingeben</translation>
    </message>
  </context>
  <context>
    <name>LineEditor</name>
    <message>
      <source>&amp;Cost</source>
      <translation>&amp;Kosten</translation>
    </message>
    <message>
      <source>&amp;Expiry</source>
      <translation>&amp;Ablauf</translation>
    </message>
    <message>
      <source>&amp;Lot</source>
      <translation>&amp;Charge</translation>
    </message>
    <message>
      <source>&amp;Quantity</source>
      <translation>&amp;Menge</translation>
    </message>
    <message>
      <source>&amp;Unit</source>
      <translation>Ein&amp;heit</translation>
    </message>
    <message>
      <source>Cost of one base unit</source>
      <translation>Kosten einer Basiseinheit</translation>
    </message>
    <message>
      <source>Expiry</source>
      <translation>Ablauf</translation>
    </message>
    <message>
      <source>Lot or serial</source>
      <translation>Charge oder Seriennummer</translation>
    </message>
    <message>
      <source>Not on the order</source>
      <translation>Nicht bestellt</translation>
    </message>
    <message>
      <source>Put a&amp;way in</source>
      <translation>Ein&amp;lagern in</translation>
    </message>
    <message>
      <source>Put away in</source>
      <translation>Einlagern in</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>Re&amp;jected</source>
      <translation>Zurück&amp;gewiesen</translation>
    </message>
    <message>
      <source>Received now</source>
      <translation>Jetzt erhalten</translation>
    </message>
    <message>
      <source>Rejected</source>
      <translation>Zurückgewiesen</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Remove this line</source>
      <translation>Diese Zeile entfernen</translation>
    </message>
    <message>
      <source>Remove this line (Del)</source>
      <translation>Diese Zeile entfernen (Entf)</translation>
    </message>
    <message>
      <source>To be moved</source>
      <translation>Umzulagern</translation>
    </message>
    <message>
      <source>Unit that the quantity counts</source>
      <translation>Einheit, in der die Menge zählt</translation>
    </message>
    <message>
      <source>choose …</source>
      <translation>wählen …</translation>
    </message>
    <message>
      <source>{ordered} ordered · {before} before · {expected} to come</source>
      <translation>{ordered} bestellt · {before} vorher · {expected} offen</translation>
    </message>
    <message>
      <source>{there} there · {left} left</source>
      <translation>{there} dort · {left} übrig</translation>
    </message>
  </context>
  <context>
    <name>LinesTable</name>
    <message>
      <source>Before</source>
      <translation>Vorher</translation>
    </message>
    <message>
      <source>Cost</source>
      <translation>Kosten</translation>
    </message>
    <message>
      <source>Expiry</source>
      <translation>Ablauf</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Left</source>
      <translation>Bleibt</translation>
    </message>
    <message>
      <source>Lines of the receipt</source>
      <translation>Zeilen des Wareneingangs</translation>
    </message>
    <message>
      <source>Lines of the transfer</source>
      <translation>Zeilen der Umlagerung</translation>
    </message>
    <message>
      <source>Lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>Move</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Bemerkung</translation>
    </message>
    <message>
      <source>Nothing received yet</source>
      <translation>Noch nichts erhalten</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>Ordered</source>
      <translation>Bestellt</translation>
    </message>
    <message>
      <source>Put away</source>
      <translation>Einlagern</translation>
    </message>
    <message>
      <source>Scan the goods, or type an item above. Scan a bin first to put all there.</source>
      <translation>Die Ware scannen oder oben einen Artikel eingeben. Zuerst einen Platz scannen, um alles dorthin zu legen.</translation>
    </message>
    <message>
      <source>There</source>
      <translation>Dort</translation>
    </message>
    <message>
      <source>expired</source>
      <translation>abgelaufen</translation>
    </message>
    <message>
      <source>how many?</source>
      <translation>wie viele?</translation>
    </message>
    <message>
      <source>more than there is</source>
      <translation>mehr als da ist</translation>
    </message>
    <message>
      <source>not ordered</source>
      <translation>nicht bestellt</translation>
    </message>
    <message>
      <source>not posted</source>
      <translation>nicht gebucht</translation>
    </message>
    <message>
      <source>right lot?</source>
      <translation>richtige Charge?</translation>
    </message>
    <message>
      <source>which {tracking}?</source>
      <translation>welche {tracking}?</translation>
    </message>
    <message>
      <source>{count} over</source>
      <translation>{count} zu viel</translation>
    </message>
    <message>
      <source>{count} rejected</source>
      <translation>{count} zurückgewiesen</translation>
    </message>
  </context>
  <context>
    <name>Listening</name>
    <message>
      <source>Quantity for the next item</source>
      <translation>Menge für den nächsten Artikel</translation>
    </message>
    <message>
      <source>Type a code</source>
      <translation>Code eintippen</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>All keys</source>
      <translation>Alle Tasten</translation>
    </message>
    <message>
      <source>Everywhere</source>
      <translation>Überall</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Screens</source>
      <translation>Ansichten</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Darstellung</translation>
    </message>
  </context>
  <context>
    <name>NewForm</name>
    <message>
      <source>&amp;Folder</source>
      <translation>&amp;Ordner</translation>
    </message>
    <message>
      <source>All of the company lies in this one file. Take a folder of this PC: on a network drive it would not be safe.</source>
      <translation>Der ganze Betrieb liegt in dieser einen Datei. Nehmen Sie einen Ordner dieses PCs: Auf einem Netzlaufwerk wäre sie nicht sicher.</translation>
    </message>
    <message>
      <source>Choose a folder …</source>
      <translation>Ordner wählen …</translation>
    </message>
    <message>
      <source>Folder of the new company</source>
      <translation>Ordner des neuen Betriebs</translation>
    </message>
    <message>
      <source>Make the company</source>
      <translation>Betrieb anlegen</translation>
    </message>
    <message>
      <source>Name of the f&amp;ile</source>
      <translation>Name der Date&amp;i</translation>
    </message>
  </context>
  <context>
    <name>Opening</name>
    <message>
      <source>Opening the database</source>
      <translation>Datenbank wird geöffnet</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal</translation>
    </message>
    <message>
      <source>no company yet</source>
      <translation>noch kein Betrieb</translation>
    </message>
    <message>
      <source>no database</source>
      <translation>keine Datenbank</translation>
    </message>
    <message>
      <source>opening …</source>
      <translation>wird geöffnet …</translation>
    </message>
  </context>
  <context>
    <name>OrderList</name>
    <message>
      <source>Due</source>
      <translation>Fällig</translation>
    </message>
    <message>
      <source>Find an open order</source>
      <translation>Offene Bestellung suchen</translation>
    </message>
    <message>
      <source>Find an open order by its number, supplier or reference</source>
      <translation>Offene Bestellung nach Nummer, Lieferant oder Referenz suchen</translation>
    </message>
    <message>
      <source>No open order</source>
      <translation>Keine offene Bestellung</translation>
    </message>
    <message>
      <source>Open lines</source>
      <translation>Offene Zeilen</translation>
    </message>
    <message>
      <source>Open purchase orders</source>
      <translation>Offene Bestellungen</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Auftrag</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>Scan the first item to receive without an order, or press Ctrl+N.</source>
      <translation>Den ersten Artikel scannen, um ohne Bestellung anzunehmen, oder Strg+N drücken.</translation>
    </message>
    <message>
      <source>Site</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Supplier</source>
      <translation>Lieferant</translation>
    </message>
  </context>
  <context>
    <name>PacksPanel</name>
    <message>
      <source>Add</source>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <source>Add the barcode</source>
      <translation>Barcode hinzufügen</translation>
    </message>
    <message>
      <source>Add the pack</source>
      <translation>Packung hinzufügen</translation>
    </message>
    <message>
      <source>Barcode</source>
      <translation>Barcode</translation>
    </message>
    <message>
      <source>Barcodes</source>
      <translation>Barcodes</translation>
    </message>
    <message>
      <source>Base units it holds</source>
      <translation>Enthaltene Basiseinheiten</translation>
    </message>
    <message>
      <source>Holds</source>
      <translation>Enthält</translation>
    </message>
    <message>
      <source>Name of the pack, such as carton</source>
      <translation>Name der Packung, etwa Karton</translation>
    </message>
    <message>
      <source>New barcode</source>
      <translation>Neuer Barcode</translation>
    </message>
    <message>
      <source>New barcode, typed or scanned</source>
      <translation>Neuer Barcode, getippt oder gescannt</translation>
    </message>
    <message>
      <source>New pack</source>
      <translation>Neue Packung</translation>
    </message>
    <message>
      <source>Pack</source>
      <translation>Packung</translation>
    </message>
    <message>
      <source>Packs</source>
      <translation>Packungen</translation>
    </message>
    <message>
      <source>Packs that hold them</source>
      <translation>Packungen, die sie enthalten</translation>
    </message>
    <message>
      <source>Per packs</source>
      <translation>Je Packungen</translation>
    </message>
    <message>
      <source>Pieces it stands for</source>
      <translation>Stück, für die er steht</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Remove the selected barcode</source>
      <translation>Gewählten Barcode entfernen</translation>
    </message>
    <message>
      <source>Remove the selected pack</source>
      <translation>Gewählte Packung entfernen</translation>
    </message>
    <message>
      <source>Stands for</source>
      <translation>Steht für</translation>
    </message>
  </context>
  <context>
    <name>Page</name>
    <message>
      <source>Details</source>
      <translation>Einzelheiten</translation>
    </message>
  </context>
  <context>
    <name>PagePreview</name>
    <message>
      <source>Page {page} of {pages}, first label in row {row}, column {column}</source>
      <translation>Seite {page} von {pages}, erstes Etikett in Zeile {row}, Spalte {column}</translation>
    </message>
    <message>
      <source>There is nothing to show.</source>
      <translation>Hier gibt es nichts zu sehen.</translation>
    </message>
  </context>
  <context>
    <name>PeriodsPanel</name>
    <message>
      <source>&amp;Open again from</source>
      <translation>Wieder &amp;öffnen ab</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close &amp;up to and including</source>
      <translation>Schließen &amp;bis einschließlich</translation>
    </message>
    <message>
      <source>Close up to and including</source>
      <translation>Schließen bis einschließlich</translation>
    </message>
    <message>
      <source>Closed and reopened periods</source>
      <translation>Geschlossene und wieder geöffnete Perioden</translation>
    </message>
    <message>
      <source>Closed up to {day}</source>
      <translation>Geschlossen bis {day}</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Beleg</translation>
    </message>
    <message>
      <source>Entered</source>
      <translation>Erfasst</translation>
    </message>
    <message>
      <source>Everything up to {day} is closed.</source>
      <translation>Alles bis {day} ist geschlossen.</translation>
    </message>
    <message>
      <source>In a closed period nothing can be entered, changed or reversed, and its values stay as they were reported. What comes to light later is booked on the first open day.</source>
      <translation>In einer geschlossenen Periode kann nichts erfasst, geändert oder storniert werden, und ihre Werte bleiben, wie sie gemeldet wurden. Was später bekannt wird, wird am ersten offenen Tag gebucht.</translation>
    </message>
    <message>
      <source>Nothing is closed.</source>
      <translation>Nichts ist geschlossen.</translation>
    </message>
    <message>
      <source>Nothing was closed yet</source>
      <translation>Noch nichts wurde geschlossen</translation>
    </message>
    <message>
      <source>Open again from</source>
      <translation>Wieder öffnen ab</translation>
    </message>
    <message>
      <source>Periods</source>
      <translation>Perioden</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Reopened from {day}</source>
      <translation>Wieder geöffnet ab {day}</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>Who closed and reopened periods, and when, will be listed here.</source>
      <translation>Hier wird stehen, wer wann Perioden geschlossen und wieder geöffnet hat.</translation>
    </message>
  </context>
  <context>
    <name>PostedReceipt</name>
    <message>
      <source>1 line more is over.</source>
      <translation>1 weitere Zeile ist zu viel.</translation>
    </message>
    <message>
      <source>Discard it</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Post it all</source>
      <translation>Alles buchen</translation>
    </message>
    <message>
      <source>Take it back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>The line with {arrived} is forgotten. Nothing of it was booked.</source>
      <translation>Die Zeile mit {arrived} wird vergessen. Nichts davon wurde gebucht.</translation>
    </message>
    <message>
      <source>was posted before, so nothing was booked again.</source>
      <translation>war schon gebucht, darum wurde nichts noch einmal gebucht.</translation>
    </message>
    <message>
      <source>was taken back by {by}.</source>
      <translation>wurde durch {by} zurückgenommen.</translation>
    </message>
    <message>
      <source>{count}</source>
      <translation>{count}</translation>
    </message>
    <message>
      <source>{count} in {lines} lines</source>
      <translation>{count} in {lines} Zeilen</translation>
    </message>
    <message>
      <source>{count} lines more are over.</source>
      <translation>{count} weitere Zeilen sind zu viel.</translation>
    </message>
    <message>
      <source>{count} lines with {arrived} in all are forgotten. Nothing was booked.</source>
      <translation>{count} Zeilen mit zusammen {arrived} werden vergessen. Nichts wurde gebucht.</translation>
    </message>
    <message>
      <source>{item} is tracked by {tracking}: say which it is, then post.</source>
      <translation>{item} wird nach {tracking} geführt: erst angeben, dann buchen.</translation>
    </message>
    <message>
      <source>{item}: say how many came, or remove the line, then post.</source>
      <translation>{item}: Menge angeben oder die Zeile entfernen, dann buchen.</translation>
    </message>
    <message>
      <source>{item}: {arrived} came where {expected} were to come.</source>
      <translation>{item}: {arrived} kamen, {expected} wurden erwartet.</translation>
    </message>
    <message>
      <source>{number} is taken back: {what} leaves stock again.</source>
      <translation>{number} wird zurückgenommen: {what} verlässt den Bestand wieder.</translation>
    </message>
  </context>
  <context>
    <name>PostedStrip</name>
    <message>
      <source>Open {number}</source>
      <translation>{number} öffnen</translation>
    </message>
    <message>
      <source>Print 1 label</source>
      <translation>1 Etikett drucken</translation>
    </message>
    <message>
      <source>Print labels</source>
      <translation>Etiketten drucken</translation>
    </message>
    <message>
      <source>Print {count} labels</source>
      <translation>{count} Etiketten drucken</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
  </context>
  <context>
    <name>ProblemsTable</name>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close the list of problems</source>
      <translation>Liste der Probleme schließen</translation>
    </message>
    <message>
      <source>Column</source>
      <translation>Spalte</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>Gefunden</translation>
    </message>
    <message>
      <source>Look</source>
      <translation>Ansehen</translation>
    </message>
    <message>
      <source>Mend</source>
      <translation>Beheben</translation>
    </message>
    <message>
      <source>Problems of the file</source>
      <translation>Probleme der Datei</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>Save as CSV …</source>
      <translation>Als CSV speichern …</translation>
    </message>
    <message>
      <source>Save the problems</source>
      <translation>Probleme speichern</translation>
    </message>
    <message>
      <source>Save the problems as CSV</source>
      <translation>Probleme als CSV speichern</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What to do</source>
      <translation>Was zu tun ist</translation>
    </message>
    <message>
      <source>{stops} to mend, {remarks} to look at</source>
      <translation>{stops} zu beheben, {remarks} anzusehen</translation>
    </message>
  </context>
  <context>
    <name>Program</name>
    <message>
      <source>Try again</source>
      <translation>Noch einmal</translation>
    </message>
  </context>
  <context>
    <name>ProgramPanel</name>
    <message>
      <source>&amp;Newer versions are looked for at</source>
      <translation>&amp;Neuere Versionen werden gesucht bei</translation>
    </message>
    <message>
      <source>A folder, or an https address. A newer version is fetched and compared with the checksum given there; it is installed only when you start it.</source>
      <translation>Ein Ordner oder eine https-Adresse. Eine neuere Version wird geholt und mit der dort angegebenen Prüfsumme verglichen; installiert wird sie nur, wenn Sie sie starten.</translation>
    </message>
    <message>
      <source>Look now</source>
      <translation>Jetzt suchen</translation>
    </message>
    <message>
      <source>Nowhere: newer versions are not looked for</source>
      <translation>Nirgends: Nach neueren Versionen wird nicht gesucht</translation>
    </message>
    <message>
      <source>Open another company …</source>
      <translation>Anderen Betrieb öffnen …</translation>
    </message>
    <message>
      <source>Set by the administrator</source>
      <translation>Vom Administrator festgelegt</translation>
    </message>
    <message>
      <source>Show the file</source>
      <translation>Datei zeigen</translation>
    </message>
    <message>
      <source>The administrator says where. It is installed only when you start it.</source>
      <translation>Der Administrator legt fest, wo. Installiert wird nur, was Sie starten.</translation>
    </message>
    <message>
      <source>This program: version {version}</source>
      <translation>Dieses Programm: Version {version}</translation>
    </message>
    <message>
      <source>Where newer versions are looked for</source>
      <translation>Wo nach neueren Versionen gesucht wird</translation>
    </message>
    <message>
      <source>Write a file for support …</source>
      <translation>Datei für den Support schreiben …</translation>
    </message>
  </context>
  <context>
    <name>ProgressLine</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>How far it is</source>
      <translation>Wie weit es ist</translation>
    </message>
    <message>
      <source>Working</source>
      <translation>In Arbeit</translation>
    </message>
    <message>
      <source>about {count} min left</source>
      <translation>noch etwa {count} min</translation>
    </message>
    <message>
      <source>about {count} s left</source>
      <translation>noch etwa {count} s</translation>
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation>{done} von {total}</translation>
    </message>
  </context>
  <context>
    <name>QueuePanel</name>
    <message>
      <source>&amp;Add an item, a lot, a bin or a document</source>
      <translation>Artikel, Charge, Platz oder Beleg hin&amp;zufügen</translation>
    </message>
    <message>
      <source>Bin</source>
      <translation>Platz</translation>
    </message>
    <message>
      <source>Copies</source>
      <translation>Kopien</translation>
    </message>
    <message>
      <source>Expiry</source>
      <translation>Ablauf</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Item or bin</source>
      <translation>Artikel oder Platz</translation>
    </message>
    <message>
      <source>Item, lot or bin to print</source>
      <translation>Artikel, Charge oder Platz zum Drucken</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Labels that wait</source>
      <translation>Wartende Etiketten</translation>
    </message>
    <message>
      <source>Lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No labels wait</source>
      <translation>Keine Etiketten warten</translation>
    </message>
    <message>
      <source>Pack</source>
      <translation>Packung</translation>
    </message>
    <message>
      <source>Scan an item, a lot or a bin, or type its code above. What was received or counted can be sent here from its screen, one label for each piece.</source>
      <translation>Einen Artikel, eine Charge oder einen Platz scannen oder oben den Code eingeben. Erhaltenes und Gezähltes kann von dort hierher geschickt werden, ein Etikett je Stück.</translation>
    </message>
  </context>
  <context>
    <name>QueueScreen</name>
    <message>
      <source>1 label</source>
      <translation>1 Etikett</translation>
    </message>
    <message>
      <source>1 label was put into the queue.</source>
      <translation>1 Etikett kam in die Warteschlange.</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 Zeile</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>Leeren</translation>
    </message>
    <message>
      <source>Leaving the queue unprinted: {labels} in {lines}.</source>
      <translation>Ungedruckt aus der Warteschlange: {labels} in {lines}.</translation>
    </message>
    <message>
      <source>Printing</source>
      <translation>Wird gedruckt</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>{code} is not a number of copies.</source>
      <translation>{code} ist keine Anzahl von Kopien.</translation>
    </message>
    <message>
      <source>{count} copies of what is scanned next</source>
      <translation>{count} Kopien von dem, was als Nächstes gescannt wird</translation>
    </message>
    <message>
      <source>{count} labels</source>
      <translation>{count} Etiketten</translation>
    </message>
    <message>
      <source>{count} labels were put into the queue.</source>
      <translation>{count} Etiketten kamen in die Warteschlange.</translation>
    </message>
    <message>
      <source>{count} lines</source>
      <translation>{count} Zeilen</translation>
    </message>
  </context>
  <context>
    <name>Rail</name>
    <message>
      <source>Fold</source>
      <translation>Einklappen</translation>
    </message>
    <message>
      <source>Screens</source>
      <translation>Ansichten</translation>
    </message>
  </context>
  <context>
    <name>ReceiptDesk</name>
    <message>
      <source>Put it back</source>
      <translation>Zurücklegen</translation>
    </message>
    <message>
      <source>The line of {item} is off the receipt.</source>
      <translation>Die Zeile von {item} ist aus dem Wareneingang entfernt.</translation>
    </message>
  </context>
  <context>
    <name>ReceiptHead</name>
    <message>
      <source>&amp;Delivery note</source>
      <translation>&amp;Lieferschein</translation>
    </message>
    <message>
      <source>&amp;Supplier</source>
      <translation>Lie&amp;ferant</translation>
    </message>
    <message>
      <source>Add &amp;item</source>
      <translation>A&amp;rtikel hinzufügen</translation>
    </message>
    <message>
      <source>Add an item</source>
      <translation>Artikel hinzufügen</translation>
    </message>
    <message>
      <source>Delivery note</source>
      <translation>Lieferschein</translation>
    </message>
    <message>
      <source>Put &amp;all away in</source>
      <translation>&amp;Alles einlagern in</translation>
    </message>
    <message>
      <source>Put all away in</source>
      <translation>Alles einlagern in</translation>
    </message>
    <message>
      <source>SKU, name or barcode</source>
      <translation>Artikelnummer, Name oder Barcode</translation>
    </message>
    <message>
      <source>Supplier</source>
      <translation>Lieferant</translation>
    </message>
    <message>
      <source>each to its own bin</source>
      <translation>jedes auf seinen Platz</translation>
    </message>
  </context>
  <context>
    <name>ReceivingView</name>
    <message>
      <source>1 line · {arrived}</source>
      <translation>1 Zeile · {arrived}</translation>
    </message>
    <message>
      <source>Back to the receipt</source>
      <translation>Zurück zum Wareneingang</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Orders</source>
      <translation>Aufträge</translation>
    </message>
    <message>
      <source>Post</source>
      <translation>Buchen</translation>
    </message>
    <message>
      <source>Receipt</source>
      <translation>Wareneingang</translation>
    </message>
    <message>
      <source>Remove the line</source>
      <translation>Zeile entfernen</translation>
    </message>
    <message>
      <source>The receipt you left is here again.</source>
      <translation>Der zurückgelassene Wareneingang ist wieder da.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal</translation>
    </message>
    <message>
      <source>Without an order</source>
      <translation>Ohne Bestellung</translation>
    </message>
    <message>
      <source>without an order</source>
      <translation>ohne Bestellung</translation>
    </message>
    <message>
      <source>{begun} of 1 line · {arrived} of {expected}</source>
      <translation>{begun} von 1 Zeile · {arrived} von {expected}</translation>
    </message>
    <message>
      <source>{begun} of {lines} lines · {arrived} of {expected}</source>
      <translation>{begun} von {lines} Zeilen · {arrived} von {expected}</translation>
    </message>
    <message>
      <source>{extra} not ordered</source>
      <translation>{extra} nicht bestellt</translation>
    </message>
    <message>
      <source>{lines} lines · {arrived} in all</source>
      <translation>{lines} Zeilen · {arrived} insgesamt</translation>
    </message>
    <message>
      <source>{over} over</source>
      <translation>{over} zu viel</translation>
    </message>
    <message>
      <source>{rejected} rejected</source>
      <translation>{rejected} zurückgewiesen</translation>
    </message>
    <message>
      <source>{short} short</source>
      <translation>{short} fehlen</translation>
    </message>
  </context>
  <context>
    <name>RecordForm</name>
    <message>
      <source>ABC class</source>
      <translation>ABC-Klasse</translation>
    </message>
    <message>
      <source>Allowed</source>
      <translation>Erlaubt</translation>
    </message>
    <message>
      <source>As the place above</source>
      <translation>Wie der Ort darüber</translation>
    </message>
    <message>
      <source>Barcode</source>
      <translation>Barcode</translation>
    </message>
    <message>
      <source>Base unit</source>
      <translation>Basiseinheit</translation>
    </message>
    <message>
      <source>By its name</source>
      <translation>Nach dem Namen</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>Kategorie</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Cost kept by lot</source>
      <translation>Kosten je Charge</translation>
    </message>
    <message>
      <source>Costing</source>
      <translation>Bewertung</translation>
    </message>
    <message>
      <source>Decimals</source>
      <translation>Dezimalen</translation>
    </message>
    <message>
      <source>Dock</source>
      <translation>Rampe</translation>
    </message>
    <message>
      <source>Documents name it, so it stays.</source>
      <translation>Belege nennen ihn, darum bleibt er.</translation>
    </message>
    <message>
      <source>Earliest expiry</source>
      <translation>Frühester Ablauf</translation>
    </message>
    <message>
      <source>First in</source>
      <translation>Ältester Eingang</translation>
    </message>
    <message>
      <source>First in, first out</source>
      <translation>Zuerst hinein, zuerst hinaus</translation>
    </message>
    <message>
      <source>In transit</source>
      <translation>Unterwegs</translation>
    </message>
    <message>
      <source>In use</source>
      <translation>In Gebrauch</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Last in</source>
      <translation>Jüngster Eingang</translation>
    </message>
    <message>
      <source>Last in, first out</source>
      <translation>Zuletzt hinein, zuerst hinaus</translation>
    </message>
    <message>
      <source>Lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>Moving average</source>
      <translation>Gleitender Durchschnitt</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>New customer</source>
      <translation>Neuer Kunde</translation>
    </message>
    <message>
      <source>New item</source>
      <translation>Neuer Artikel</translation>
    </message>
    <message>
      <source>New location</source>
      <translation>Neuer Ort</translation>
    </message>
    <message>
      <source>New supplier</source>
      <translation>Neuer Lieferant</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>Nothing</source>
      <translation>Nichts</translation>
    </message>
    <message>
      <source>Path (SITE/ZONE/BIN)</source>
      <translation>Pfad (STANDORT/ZONE/PLATZ)</translation>
    </message>
    <message>
      <source>Quarantine</source>
      <translation>Sperrlager</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Verboten</translation>
    </message>
    <message>
      <source>SKU</source>
      <translation>Artikelnummer</translation>
    </message>
    <message>
      <source>Serial number</source>
      <translation>Seriennummer</translation>
    </message>
    <message>
      <source>Shelf life in days</source>
      <translation>Haltbarkeit in Tagen</translation>
    </message>
    <message>
      <source>Site</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>Standard cost</source>
      <translation>Standardkosten</translation>
    </message>
    <message>
      <source>Stock below zero</source>
      <translation>Bestand unter null</translation>
    </message>
    <message>
      <source>Storage</source>
      <translation>Lager</translation>
    </message>
    <message>
      <source>Taken in the order</source>
      <translation>Entnommen in der Reihenfolge</translation>
    </message>
    <message>
      <source>The item has movements or orders that rest on this.</source>
      <translation>Der Artikel hat Bewegungen oder Aufträge, die darauf beruhen.</translation>
    </message>
    <message>
      <source>Tracked by</source>
      <translation>Geführt nach</translation>
    </message>
    <message>
      <source>Walking order</source>
      <translation>Laufweg</translation>
    </message>
    <message>
      <source>Weight</source>
      <translation>Gewicht</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
  </context>
  <context>
    <name>ResultsPanel</name>
    <message>
      <source>Bring your items in on the Catalogue screen (F9), then look for them here by SKU, name, barcode, lot, bin or document.</source>
      <translation>Artikel unter Stammdaten (F9) anlegen, dann hier nach Nummer, Name, Barcode, Charge, Platz oder Beleg suchen.</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Looked for any part of SKU, name and barcodes, and for bins, lots and documents that begin so. Fewer or shorter words find more.</source>
      <translation>Gesucht wurde nach jedem Teil von Nummer, Name und Barcode sowie nach Plätzen, Chargen und Belegen, die so beginnen. Weniger oder kürzere Wörter finden mehr.</translation>
    </message>
    <message>
      <source>No item goes by “{text}”</source>
      <translation>Kein Artikel passt zu „{text}“</translation>
    </message>
    <message>
      <source>No items yet</source>
      <translation>Noch keine Artikel</translation>
    </message>
    <message>
      <source>Nothing goes by “{text}”</source>
      <translation>Nichts passt zu „{text}“</translation>
    </message>
    <message>
      <source>Places, lots and documents</source>
      <translation>Plätze, Chargen und Belege</translation>
    </message>
    <message>
      <source>Places, lots and documents that do are listed above.</source>
      <translation>Passende Plätze, Chargen und Belege stehen oben.</translation>
    </message>
  </context>
  <context>
    <name>ReviewPage</name>
    <message>
      <source> · {stopped} cannot be posted</source>
      <translation> · {stopped} können nicht gebucht werden</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>Gezählt</translation>
    </message>
    <message>
      <source>Difference</source>
      <translation>Differenz</translation>
    </message>
    <message>
      <source>Every count agrees with the ledger</source>
      <translation>Jede Zählung stimmt mit dem Bestand überein</translation>
    </message>
    <message>
      <source>Expected</source>
      <translation>Erwartet</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>Moved</source>
      <translation>Bewegt</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>Only differences (Alt+D)</source>
      <translation>Nur Abweichungen (Alt+D)</translation>
    </message>
    <message>
      <source>Posting keeps a record of the count; no stock changes.</source>
      <translation>Das Buchen hält die Zählung fest; kein Bestand ändert sich.</translation>
    </message>
    <message>
      <source>Problem</source>
      <translation>Problem</translation>
    </message>
    <message>
      <source>Show only lines that differ</source>
      <translation>Nur abweichende Zeilen zeigen</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>Variances of the count</source>
      <translation>Abweichungen der Zählung</translation>
    </message>
    <message>
      <source>{count} counted · {different} differ · gains {gains} · losses {losses}</source>
      <translation>{count} gezählt · {different} abweichend · Gewinn {gains} · Verlust {losses}</translation>
    </message>
    <message>
      <source>{quantity} {unit} moved since the count</source>
      <translation>{quantity} {unit} seit der Zählung bewegt</translation>
    </message>
  </context>
  <context>
    <name>Roll</name>
    <message>
      <source>Scan anything, on any screen.</source>
      <translation>Irgendetwas scannen, in jeder Ansicht.</translation>
    </message>
  </context>
  <context>
    <name>ScanFilter</name>
    <message>
      <source>Caps Lock seems to be on: the scanner's letters come in swapped case.</source>
      <translation>Die Feststelltaste scheint an zu sein: Die Buchstaben des Scanners kommen vertauscht groß und klein.</translation>
    </message>
    <message>
      <source>The scanner types as on another keyboard than this PC's: set it to read keys by position, or set up the scanner for this keyboard.</source>
      <translation>Der Scanner tippt wie auf einer anderen Tastatur als der dieses PCs: Tasten nach ihrer Lage lesen lassen oder den Scanner auf diese Tastatur einstellen.</translation>
    </message>
  </context>
  <context>
    <name>ScanRouter</name>
    <message>
      <source>A question is open. Answer it, then scan again.</source>
      <translation>Eine Frage ist offen. Erst antworten, dann noch einmal scannen.</translation>
    </message>
    <message>
      <source>It could not be looked up. Scan it again.</source>
      <translation>Es konnte nicht nachgesehen werden. Noch einmal scannen.</translation>
    </message>
    <message>
      <source>It could not be undone.</source>
      <translation>Es ließ sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>The scan broke off. Scan it again.</source>
      <translation>Der Scan brach ab. Noch einmal scannen.</translation>
    </message>
    <message>
      <source>nothing to undo</source>
      <translation>nichts rückgängig zu machen</translation>
    </message>
    <message>
      <source>read twice, counted once</source>
      <translation>zweimal gelesen, einmal gezählt</translation>
    </message>
    <message>
      <source>the quantity is forgotten</source>
      <translation>die Menge ist vergessen</translation>
    </message>
    <message>
      <source>{screen} gave no answer. Look whether it was done before you go on.</source>
      <translation>{screen} gab keine Antwort. Erst nachsehen, ob es geschehen ist.</translation>
    </message>
    <message>
      <source>×{count} for the next item</source>
      <translation>×{count} für den nächsten Artikel</translation>
    </message>
  </context>
  <context>
    <name>ScanTape</name>
    <message>
      <source>It could not be undone.</source>
      <translation>Es ließ sich nicht rückgängig machen.</translation>
    </message>
    <message>
      <source>Last scans</source>
      <translation>Letzte Scans</translation>
    </message>
    <message>
      <source>Nothing to undo (Ctrl+Z)</source>
      <translation>Nichts rückgängig zu machen (Strg+Z)</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>Undo {what} (Ctrl+Z)</source>
      <translation>{what} rückgängig machen (Strg+Z)</translation>
    </message>
    <message>
      <source>undone: {what}</source>
      <translation>rückgängig gemacht: {what}</translation>
    </message>
  </context>
  <context>
    <name>ScannedCount</name>
    <message>
      <source>Open the count sheet first, then scan the bin and its goods.</source>
      <translation>Erst die Zählliste öffnen, dann Platz und Ware scannen.</translation>
    </message>
    <message>
      <source>This is the review. Go back to the sheet (Ctrl+O) to count.</source>
      <translation>Das ist die Prüfung. Zum Zählen zurück zur Liste (Strg+O).</translation>
    </message>
    <message>
      <source>This sheet is closed. Open or make another one.</source>
      <translation>Diese Liste ist geschlossen. Eine andere öffnen oder anlegen.</translation>
    </message>
    <message>
      <source>{item} may lie in several bins: scan the bin first.</source>
      <translation>{item} kann auf mehreren Plätzen liegen: erst den Platz scannen.</translation>
    </message>
    <message>
      <source>{place} is not a bin. Scan the bin that you count.</source>
      <translation>{place} ist kein Platz. Den Platz scannen, der gezählt wird.</translation>
    </message>
    <message>
      <source>{place}: not on the sheet. What you scan now was found there.</source>
      <translation>{place}: nicht auf der Liste. Was jetzt gescannt wird, wurde dort gefunden.</translation>
    </message>
  </context>
  <context>
    <name>ScannedReceipt</name>
    <message>
      <source>All to {place}</source>
      <translation>Alles nach {place}</translation>
    </message>
    <message>
      <source>Lot {lot} of {item} expired on {day}. It is received all the same.</source>
      <translation>Charge {lot} von {item} ist am {day} abgelaufen. Sie wird trotzdem angenommen.</translation>
    </message>
    <message>
      <source>{item}: how many {unit}?</source>
      <translation>{item}: wie viele {unit}?</translation>
    </message>
    <message>
      <source>{order} was received in full before. What comes now is too much.</source>
      <translation>{order} wurde schon vollständig geliefert. Was jetzt kommt, ist zu viel.</translation>
    </message>
    <message>
      <source>{text}, not ordered</source>
      <translation>{text}, nicht bestellt</translation>
    </message>
  </context>
  <context>
    <name>ScannedTransfer</name>
    <message>
      <source>From {place}</source>
      <translation>Von {place}</translation>
    </message>
    <message>
      <source>Lot {lot} of {item} expired on {day}.</source>
      <translation>Charge {lot} von {item} ist am {day} abgelaufen.</translation>
    </message>
    <message>
      <source>To {place}: post?</source>
      <translation>Nach {place}: buchen?</translation>
    </message>
    <message>
      <source>{item}: how many {unit}?</source>
      <translation>{item}: wie viele {unit}?</translation>
    </message>
    <message>
      <source>{text}, lot {lot}?</source>
      <translation>{text}, Charge {lot}?</translation>
    </message>
  </context>
  <context>
    <name>ScannedWork</name>
    <message>
      <source>{number} posted</source>
      <translation>{number} gebucht</translation>
    </message>
  </context>
  <context>
    <name>ScopeForm</name>
    <message>
      <source>&amp;Category</source>
      <translation>&amp;Kategorie</translation>
    </message>
    <message>
      <source>&amp;First bin</source>
      <translation>&amp;Erster Platz</translation>
    </message>
    <message>
      <source>&amp;Items</source>
      <translation>&amp;Artikel</translation>
    </message>
    <message>
      <source>&amp;Last bin</source>
      <translation>&amp;Letzter Platz</translation>
    </message>
    <message>
      <source>&amp;Place</source>
      <translation>&amp;Ort</translation>
    </message>
    <message>
      <source>A site, a zone or a bin; empty for everything</source>
      <translation>Standort, Zone oder Platz; leer für alles</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>Blind: whoever counts does not see what is expected</source>
      <translation>Blind: Wer zählt, sieht nicht, was erwartet wird</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>Kategorie</translation>
    </message>
    <message>
      <source>First bin</source>
      <translation>Erster Platz</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Last bin</source>
      <translation>Letzter Platz</translation>
    </message>
    <message>
      <source>Place to count</source>
      <translation>Zu zählender Ort</translation>
    </message>
    <message>
      <source>Scan items, or type SKUs with commas between</source>
      <translation>Artikel scannen oder Nummern mit Kommas dazwischen eingeben</translation>
    </message>
    <message>
      <source>The sheet lists what lies there now and keeps what is expected. Stock may go on moving while it is counted.</source>
      <translation>Die Liste zeigt, was jetzt dort liegt, und behält, was erwartet wird. Der Bestand darf sich beim Zählen bewegen.</translation>
    </message>
    <message>
      <source>What shall be counted?</source>
      <translation>Was soll gezählt werden?</translation>
    </message>
  </context>
  <context>
    <name>Screen</name>
    <message>
      <source>Nothing was done. Scan it again.</source>
      <translation>Nichts wurde getan. Noch einmal scannen.</translation>
    </message>
    <message>
      <source>{screen} has no use for {code}.</source>
      <translation>{screen} kann mit {code} nichts anfangen.</translation>
    </message>
  </context>
  <context>
    <name>SettingsView</name>
    <message>
      <source>1 document from {day} on can be changed and reversed again, and values that were reported for then may change.</source>
      <translation>1 Beleg ab {day} kann wieder geändert und storniert werden, und gemeldete Werte dieser Zeit können sich ändern.</translation>
    </message>
    <message>
      <source>1 document up to {day} is closed: nothing can be entered, changed or reversed there any more. What comes to light later is booked on {next}.</source>
      <translation>1 Beleg bis {day} wird geschlossen: Dort kann nichts mehr erfasst, geändert oder storniert werden. Was später bekannt wird, wird am {next} gebucht.</translation>
    </message>
    <message>
      <source>1 row was written to {file}.</source>
      <translation>1 Zeile wurde nach {file} geschrieben.</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Everything from {day} on is open again.</source>
      <translation>Alles ab {day} ist wieder offen.</translation>
    </message>
    <message>
      <source>Everything up to {day} is closed.</source>
      <translation>Alles bis {day} ist geschlossen.</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Ausgabe</translation>
    </message>
    <message>
      <source>File for support</source>
      <translation>Datei für den Support</translation>
    </message>
    <message>
      <source>Language: {language}. It is spoken from the next start on.</source>
      <translation>Sprache: {language}. Sie gilt ab dem nächsten Start.</translation>
    </message>
    <message>
      <source>Open {number}</source>
      <translation>{number} öffnen</translation>
    </message>
    <message>
      <source>Periods</source>
      <translation>Perioden</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Writing the file for support</source>
      <translation>Die Datei für den Support wird geschrieben</translation>
    </message>
    <message>
      <source>{amount} that was booked after the closing goes back to its time.</source>
      <translation>{amount}, nach dem Schließen gebucht, kommt an seine Zeit zurück.</translation>
    </message>
    <message>
      <source>{count} documents from {day} on can be changed and reversed again, and values that were reported for then may change.</source>
      <translation>{count} Belege ab {day} können wieder geändert und storniert werden, und gemeldete Werte dieser Zeit können sich ändern.</translation>
    </message>
    <message>
      <source>{count} documents up to {day} are closed: nothing can be entered, changed or reversed there any more. What comes to light later is booked on {next}.</source>
      <translation>{count} Belege bis {day} werden geschlossen: Dort kann nichts mehr erfasst, geändert oder storniert werden. Was später bekannt wird, wird am {next} gebucht.</translation>
    </message>
    <message>
      <source>{count} rows were written to {file}.</source>
      <translation>{count} Zeilen wurden in {file} geschrieben.</translation>
    </message>
    <message>
      <source>{file} was written. It holds no passwords; look it over before you send it.</source>
      <translation>{file} wurde geschrieben. Sie enthält keine Passwörter; sehen Sie sie durch, bevor Sie sie verschicken.</translation>
    </message>
  </context>
  <context>
    <name>SheetList</name>
    <message>
      <source>Blind</source>
      <translation>Blind</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Abgebrochen</translation>
    </message>
    <message>
      <source>Count sheets</source>
      <translation>Zähllisten</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>Gezählt</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Beleg</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Zeilen</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Angelegt</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Offen</translation>
    </message>
    <message>
      <source>Posted</source>
      <translation>Gebucht</translation>
    </message>
    <message>
      <source>Reversed</source>
      <translation>Storniert</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>Liste</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Umfang</translation>
    </message>
  </context>
  <context>
    <name>SheetTools</name>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Cancel sheet</source>
      <translation>Liste abbrechen</translation>
    </message>
    <message>
      <source>Excel</source>
      <translation>Excel</translation>
    </message>
    <message>
      <source>Give the sheet up (Ctrl+Shift+Del)</source>
      <translation>Die Liste aufgeben (Strg+Umschalt+Entf)</translation>
    </message>
    <message>
      <source>Import counts …</source>
      <translation>Zählwerte einlesen …</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Etiketten</translation>
    </message>
    <message>
      <source>Make sheet</source>
      <translation>Liste anlegen</translation>
    </message>
    <message>
      <source>New sheet</source>
      <translation>Neue Liste</translation>
    </message>
    <message>
      <source>Post</source>
      <translation>Buchen</translation>
    </message>
    <message>
      <source>Print</source>
      <translation>Drucken</translation>
    </message>
    <message>
      <source>Print labels of the selected lines</source>
      <translation>Etiketten der gewählten Zeilen drucken</translation>
    </message>
    <message>
      <source>Print the sheet</source>
      <translation>Liste drucken</translation>
    </message>
    <message>
      <source>Reverse</source>
      <translation>Stornieren</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Save the sheet as an Excel workbook</source>
      <translation>Die Liste als Excel-Arbeitsmappe speichern</translation>
    </message>
    <message>
      <source>Sheets</source>
      <translation>Listen</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>F1 keys</source>
      <translation>F1 Tasten</translation>
    </message>
    <message>
      <source>Show all keys</source>
      <translation>Alle Tasten zeigen</translation>
    </message>
    <message>
      <source>done</source>
      <translation>fertig</translation>
    </message>
    <message>
      <source>found</source>
      <translation>gefunden</translation>
    </message>
    <message>
      <source>saved</source>
      <translation>gespeichert</translation>
    </message>
    <message>
      <source>{database} (only to look at)</source>
      <translation>{database} (nur zum Ansehen)</translation>
    </message>
  </context>
  <context>
    <name>StockLookupView</name>
    <message>
      <source>1 row was written to {file}.</source>
      <translation>1 Zeile wurde nach {file} geschrieben.</translation>
    </message>
    <message>
      <source>Export</source>
      <translation>Ausgabe</translation>
    </message>
    <message>
      <source>History {what}</source>
      <translation>Verlauf {what}</translation>
    </message>
    <message>
      <source>Items {text}</source>
      <translation>Artikel {text}</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Etiketten</translation>
    </message>
    <message>
      <source>Open {number}</source>
      <translation>{number} öffnen</translation>
    </message>
    <message>
      <source>Reverse</source>
      <translation>Stornieren</translation>
    </message>
    <message>
      <source>Stock lookup</source>
      <translation>Bestandssuche</translation>
    </message>
    <message>
      <source>Writing {file}</source>
      <translation>{file} wird geschrieben</translation>
    </message>
    <message>
      <source>{count} rows were written to {file}.</source>
      <translation>{count} Zeilen wurden in {file} geschrieben.</translation>
    </message>
    <message>
      <source>{document} was undone by {number}.</source>
      <translation>{document} wurde durch {number} zurückgenommen.</translation>
    </message>
  </context>
  <context>
    <name>StockPanel</name>
    <message>
      <source>None in stock</source>
      <translation>Keiner auf Lager</translation>
    </message>
    <message>
      <source>None of this lot is in stock</source>
      <translation>Von dieser Charge ist nichts auf Lager</translation>
    </message>
    <message>
      <source>Nothing lies here</source>
      <translation>Hier liegt nichts</translation>
    </message>
    <message>
      <source>Receive or transfer something to this place and it is listed here.</source>
      <translation>Etwas an diesen Ort annehmen oder umlagern, dann steht es hier.</translation>
    </message>
    <message>
      <source>Stock by item and lot</source>
      <translation>Bestand nach Artikel und Charge</translation>
    </message>
    <message>
      <source>Stock by place and lot</source>
      <translation>Bestand nach Ort und Charge</translation>
    </message>
    <message>
      <source>What happened to it before is in the history below.</source>
      <translation>Was vorher damit geschah, steht unten im Verlauf.</translation>
    </message>
  </context>
  <context>
    <name>Studio</name>
    <message>
      <source>Next page</source>
      <translation>Nächste Seite</translation>
    </message>
    <message>
      <source>Page before</source>
      <translation>Vorige Seite</translation>
    </message>
    <message>
      <source>Sheet {page} of {pages}, from row {row}, column {column}</source>
      <translation>Bogen {page} von {pages}, ab Zeile {row}, Spalte {column}</translation>
    </message>
    <message>
      <source>The label as it will be printed</source>
      <translation>Das Etikett, wie es gedruckt wird</translation>
    </message>
    <message>
      <source>The sheet is shown once there are labels.</source>
      <translation>Der Bogen erscheint, sobald es Etiketten gibt.</translation>
    </message>
    <message>
      <source>The sheet: choose the first free label</source>
      <translation>Der Bogen: das erste freie Etikett wählen</translation>
    </message>
  </context>
  <context>
    <name>TableState</name>
    <message>
      <source>As it was</source>
      <translation>Wie zuvor</translation>
    </message>
  </context>
  <context>
    <name>TableView</name>
    <message>
      <source>Choose columns …</source>
      <translation>Spalten wählen …</translation>
    </message>
    <message>
      <source>Copy with headings</source>
      <translation>Mit Überschriften kopieren</translation>
    </message>
    <message>
      <source>Export …</source>
      <translation>Ausgeben …</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>Filtern</translation>
    </message>
    <message>
      <source>No row contains “{text}”</source>
      <translation>Keine Zeile enthält „{text}“</translation>
    </message>
    <message>
      <source>Show all rows</source>
      <translation>Alle Zeilen zeigen</translation>
    </message>
    <message>
      <source>Show only rows that contain</source>
      <translation>Nur Zeilen zeigen, die enthalten</translation>
    </message>
    <message>
      <source>Show only rows that contain …</source>
      <translation>Nur Zeilen zeigen, die enthalten …</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
  </context>
  <context>
    <name>TransferDesk</name>
    <message>
      <source>Put it back</source>
      <translation>Zurücklegen</translation>
    </message>
    <message>
      <source>Scan or type the bin it comes from first.</source>
      <translation>Erst den Platz scannen oder eingeben, von dem es kommt.</translation>
    </message>
    <message>
      <source>The line of {item} is off the transfer.</source>
      <translation>Die Zeile von {item} ist aus der Umlagerung entfernt.</translation>
    </message>
    <message>
      <source>There is nothing in that bin.</source>
      <translation>Auf diesem Platz liegt nichts.</translation>
    </message>
    <message>
      <source>What is promised to orders stays: some {items}.</source>
      <translation>Was für Aufträge zugeteilt ist, bleibt: etwas {items}.</translation>
    </message>
  </context>
  <context>
    <name>TransferView</name>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Discard it</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Lot {lot} of {item} expired on {day}.</source>
      <translation>Charge {lot} von {item} ist am {day} abgelaufen.</translation>
    </message>
    <message>
      <source>Move it all</source>
      <translation>Alles umlagern</translation>
    </message>
    <message>
      <source>Post</source>
      <translation>Buchen</translation>
    </message>
    <message>
      <source>Remove the line</source>
      <translation>Zeile entfernen</translation>
    </message>
    <message>
      <source>Scan or type the bin they go to first.</source>
      <translation>Erst den Lagerplatz scannen oder eintippen, an den sie gehen.</translation>
    </message>
    <message>
      <source>So did {count} more.</source>
      <translation>Ebenso {count} weitere.</translation>
    </message>
    <message>
      <source>Take it back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>The transfer you left is here again.</source>
      <translation>Die zurückgelassene Umlagerung ist wieder da.</translation>
    </message>
    <message>
      <source>Transfer</source>
      <translation>Umlagerung</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal</translation>
    </message>
    <message>
      <source>Whole bin</source>
      <translation>Ganzer Platz</translation>
    </message>
    <message>
      <source>was posted before, so nothing was booked again.</source>
      <translation>war schon gebucht, darum wurde nichts noch einmal gebucht.</translation>
    </message>
    <message>
      <source>was taken back by {by}.</source>
      <translation>wurde durch {by} zurückgenommen.</translation>
    </message>
    <message>
      <source>{count} in 1 line</source>
      <translation>{count} in 1 Zeile</translation>
    </message>
    <message>
      <source>{count} in {lines} lines</source>
      <translation>{count} in {lines} Zeilen</translation>
    </message>
    <message>
      <source>{item} is tracked by {tracking}: say which goes, then post.</source>
      <translation>{item} wird nach {tracking} geführt: erst angeben, was geht, dann buchen.</translation>
    </message>
    <message>
      <source>{number} is taken back: {what} goes back where it came from.</source>
      <translation>{number} wird zurückgenommen: {what} geht zurück, woher es kam.</translation>
    </message>
    <message>
      <source>{what} is forgotten. Nothing of it was moved.</source>
      <translation>{what} wird vergessen. Nichts davon wurde umgelagert.</translation>
    </message>
    <message>
      <source>{what} leaves quarantine and can be sold again.</source>
      <translation>{what} verlässt das Sperrlager und kann wieder verkauft werden.</translation>
    </message>
  </context>
  <context>
    <name>TypedCode</name>
    <message>
      <source>Type a code</source>
      <translation>Code eintippen</translation>
    </message>
    <message>
      <source>Type a code, or 12* for the next item</source>
      <translation>Code eintippen, oder 12* für den nächsten Artikel</translation>
    </message>
  </context>
  <context>
    <name>Updating</name>
    <message>
      <source>Looking for a newer version …</source>
      <translation>Eine neuere Version wird gesucht …</translation>
    </message>
    <message>
      <source>No place is named, so nothing is looked for.</source>
      <translation>Es ist kein Ort angegeben, also wird nichts gesucht.</translation>
    </message>
    <message>
      <source>Show the file</source>
      <translation>Datei zeigen</translation>
    </message>
    <message>
      <source>This is the newest version there is; looked at {time}.</source>
      <translation>Das ist die neueste Version; nachgesehen um {time}.</translation>
    </message>
    <message>
      <source>Version {version} is ready. When it suits you, close Stockroom and install {file}.</source>
      <translation>Version {version} liegt bereit. Schließen Sie Stockroom, wenn es Ihnen passt, und installieren Sie {file}.</translation>
    </message>
    <message>
      <source>Version {version} is ready. When it suits you, close Stockroom and start {file}.</source>
      <translation>Version {version} liegt bereit. Schließen Sie Stockroom, wenn es Ihnen passt, und starten Sie {file}.</translation>
    </message>
    <message>
      <source>Version {version} is ready. When it suits you, close Stockroom, unpack {file} and start Stockroom from there.</source>
      <translation>Version {version} liegt bereit. Schließen Sie Stockroom, wenn es Ihnen passt, entpacken Sie {file}, und starten Sie Stockroom von dort.</translation>
    </message>
    <message>
      <source>Version {version} is there, but {address} names no file that replaces this copy. Tell whoever looks after the updates.</source>
      <translation>Version {version} ist da, aber {address} nennt keine Datei, die diese Kopie ersetzt. Sagen Sie es dem, der sich um die Updates kümmert.</translation>
    </message>
    <message>
      <source>Version {version} is there. Stockroom is installed for all users of this PC, so your administrator installs it.</source>
      <translation>Version {version} ist da. Stockroom ist auf diesem PC für alle Benutzer installiert, daher installiert sie Ihr Administrator.</translation>
    </message>
    <message>
      <source>Version {version} is there. Stockroom is installed for all users of this PC, so your administrator installs it: {file} /AllUsers, from {address}.</source>
      <translation>Version {version} ist da. Stockroom ist auf diesem PC für alle Benutzer installiert, daher installiert sie Ihr Administrator: {file} /AllUsers, aus {address}.</translation>
    </message>
    <message>
      <source>Version {version} is there. Stockroom is installed for all users of this PC, so your administrator installs it: {file}, from {address}.</source>
      <translation>Version {version} ist da. Stockroom ist auf diesem PC für alle Benutzer installiert, daher installiert sie Ihr Administrator: {file}, aus {address}.</translation>
    </message>
  </context>
  <context>
    <name>ViewMenu</name>
    <message>
      <source>&amp;Compact rows</source>
      <translation>&amp;Enge Zeilen</translation>
    </message>
    <message>
      <source>&amp;Dark</source>
      <translation>&amp;Dunkel</translation>
    </message>
    <message>
      <source>&amp;Light</source>
      <translation>&amp;Hell</translation>
    </message>
    <message>
      <source>&amp;Normal rows</source>
      <translation>&amp;Normale Zeilen</translation>
    </message>
    <message>
      <source>&amp;Quiet sounds</source>
      <translation>&amp;Leise Töne</translation>
    </message>
    <message>
      <source>As the &amp;system</source>
      <translation>Wie das &amp;System</translation>
    </message>
    <message>
      <source>C&amp;omfortable rows</source>
      <translation>&amp;Weite Zeilen</translation>
    </message>
    <message>
      <source>Lo&amp;ud sounds</source>
      <translation>L&amp;aute Töne</translation>
    </message>
    <message>
      <source>No&amp;rmal sounds</source>
      <translation>N&amp;ormale Töne</translation>
    </message>
    <message>
      <source>Open another compan&amp;y …</source>
      <translation>Anderen &amp;Betrieb öffnen …</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>Zeilen</translation>
    </message>
    <message>
      <source>S&amp;ilent</source>
      <translation>S&amp;tumm</translation>
    </message>
    <message>
      <source>Sound</source>
      <translation>Ton</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>Schrift</translation>
    </message>
    <message>
      <source>Text {size} %</source>
      <translation>Schrift {size} %</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Farben</translation>
    </message>
  </context>
  <context>
    <name>WhenField</name>
    <message>
      <source>Happened</source>
      <translation>Geschehen</translation>
    </message>
    <message>
      <source>It happened at this time</source>
      <translation>Zu dieser Zeit ist es geschehen</translation>
    </message>
    <message>
      <source>It happens now</source>
      <translation>Es geschieht jetzt</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>Set</source>
      <translation>Setzen</translation>
    </message>
    <message>
      <source>When it happened</source>
      <translation>Wann es geschah</translation>
    </message>
    <message>
      <source>When it happened: {moment}</source>
      <translation>Wann es geschah: {moment}</translation>
    </message>
    <message>
      <source>↑ ↓ change the part under the cursor · Esc: now</source>
      <translation>↑ ↓ ändern den Teil am Cursor · Esc: jetzt</translation>
    </message>
  </context>
  <context>
    <name>Worksheet</name>
    <message>
      <source>&amp;From</source>
      <translation>&amp;Von</translation>
    </message>
    <message>
      <source>&amp;To</source>
      <translation>&amp;Nach</translation>
    </message>
    <message>
      <source>Add &amp;item</source>
      <translation>A&amp;rtikel hinzufügen</translation>
    </message>
    <message>
      <source>Add an item</source>
      <translation>Artikel hinzufügen</translation>
    </message>
    <message>
      <source>Bin it comes from</source>
      <translation>Platz, von dem es kommt</translation>
    </message>
    <message>
      <source>Bin it goes to</source>
      <translation>Platz, auf den es geht</translation>
    </message>
    <message>
      <source>Nothing to move yet</source>
      <translation>Noch nichts umzulagern</translation>
    </message>
    <message>
      <source>SKU, name or barcode</source>
      <translation>Artikelnummer, Name oder Barcode</translation>
    </message>
    <message>
      <source>Scan the bin it comes from, the goods, then the bin they go to.</source>
      <translation>Den Platz scannen, von dem es kommt, die Ware, dann den Platz, auf den sie geht.</translation>
    </message>
    <message>
      <source>Scan what leaves {place}, or press Ctrl+W to take all of it.</source>
      <translation>Scannen, was {place} verlässt, oder Strg+W drücken, um alles zu nehmen.</translation>
    </message>
  </context>
  <context>
    <name>WrappedLabel</name>
    <message>
      <source>Copy</source>
      <translation>Kopieren</translation>
    </message>
  </context>
  <context>
    <name>_Form</name>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Back to the choices (Esc)</source>
      <translation>Zurück zur Auswahl (Esc)</translation>
    </message>
  </context>
  <context>
    <name>count_printing</name>
    <message>
      <source>0 is zero; leave empty what was not counted.    Counted by:</source>
      <translation>0 ist null; leer lassen, was nicht gezählt wurde.    Gezählt von:</translation>
    </message>
    <message>
      <source>Barcode</source>
      <translation>Barcode</translation>
    </message>
    <message>
      <source>Counted</source>
      <translation>Gezählt</translation>
    </message>
    <message>
      <source>Expected</source>
      <translation>Erwartet</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Location</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
  </context>
  <context>
    <name>effects</name>
    <message>
      <source>1 later cost changes.</source>
      <translation>1 späterer Wert ändert sich.</translation>
    </message>
    <message>
      <source>1 later count is adjusted anew, its result stays.</source>
      <translation>1 spätere Zählung wird neu angepasst, ihr Ergebnis bleibt.</translation>
    </message>
    <message>
      <source>Booked after the closed period</source>
      <translation>Nach der geschlossenen Periode gebucht</translation>
    </message>
    <message>
      <source>Later costs</source>
      <translation>Spätere Werte</translation>
    </message>
    <message>
      <source>Later counts: results stay</source>
      <translation>Spätere Zählungen: Ergebnisse bleiben</translation>
    </message>
    <message>
      <source>Value today</source>
      <translation>Wert heute</translation>
    </message>
    <message>
      <source>and {count} more</source>
      <translation>und {count} weitere</translation>
    </message>
    <message>
      <source>counted {count}</source>
      <translation>gezählt {count}</translation>
    </message>
    <message>
      <source>{amount} of it is booked after the closed period.</source>
      <translation>Davon werden {amount} nach der geschlossenen Periode gebucht.</translation>
    </message>
    <message>
      <source>{count} later costs change.</source>
      <translation>{count} spätere Werte ändern sich.</translation>
    </message>
    <message>
      <source>{count} later counts are adjusted anew, their results stay.</source>
      <translation>{count} spätere Zählungen werden neu angepasst, ihre Ergebnisse bleiben.</translation>
    </message>
  </context>
  <context>
    <name>errors</name>
    <message>
      <source>A class is one letter: A, B or C.</source>
      <translation>Eine Klasse ist ein Buchstabe: A, B oder C.</translation>
    </message>
    <message>
      <source>A cost of {cost} is below zero. Leave it empty if it is not known.</source>
      <translation>Kosten von {cost} sind unter null. Leer lassen, wenn sie nicht bekannt sind.</translation>
    </message>
    <message>
      <source>A currency has 0 to 4 decimals, not {found}.</source>
      <translation>Eine Währung hat 0 bis 4 Dezimalen, nicht {found}.</translation>
    </message>
    <message>
      <source>A line is an object with an item and a quantity.</source>
      <translation>Eine Zeile ist ein Objekt mit Artikel und Menge.</translation>
    </message>
    <message>
      <source>A newer version cannot be kept in this PC's own folder {folder} ({detail}). Make room there, or have it made writable for you.</source>
      <translation>Eine neuere Version kann im eigenen Ordner {folder} dieses PCs nicht abgelegt werden ({detail}). Schaffen Sie dort Platz, oder lassen Sie ihn für sich beschreibbar machen.</translation>
    </message>
    <message>
      <source>A path is names with single strokes between: SITE/ZONE/BIN.</source>
      <translation>Ein Pfad besteht aus Namen mit einfachen Strichen dazwischen: STANDORT/ZONE/PLATZ.</translation>
    </message>
    <message>
      <source>A price of {price} is below zero, finer than six decimals or larger than 999,999,999.</source>
      <translation>Ein Preis von {price} ist unter null, feiner als sechs Nachkommastellen oder größer als 999.999.999.</translation>
    </message>
    <message>
      <source>A printer is not so far off. Shift labels by 20 mm at most, and stretch by 5 % at most.</source>
      <translation>So weit liegt kein Drucker daneben. Etiketten höchstens um 20 mm verschieben und um 5 % strecken.</translation>
    </message>
    <message>
      <source>A product cannot be a component of itself.</source>
      <translation>Ein Erzeugnis kann kein Bestandteil seiner selbst sein.</translation>
    </message>
    <message>
      <source>A product cannot be a part of itself: {chain}.</source>
      <translation>Ein Erzeugnis kann nicht Teil seiner selbst sein: {chain}.</translation>
    </message>
    <message>
      <source>A serial number stands for one piece.</source>
      <translation>Eine Seriennummer steht für ein Stück.</translation>
    </message>
    <message>
      <source>A serial number stands for one piece: the count can be 0 or 1.</source>
      <translation>Eine Seriennummer steht für ein Stück: Die Zählung kann 0 oder 1 sein.</translation>
    </message>
    <message>
      <source>A site is the top of a path: it cannot lie inside another place.</source>
      <translation>Ein Standort steht am Anfang eines Pfades: er kann nicht in einem anderen Ort liegen.</translation>
    </message>
    <message>
      <source>A unit cost of {cost} is below zero, finer than six decimals or larger than 999,999,999.</source>
      <translation>Ein Stückpreis von {cost} ist kleiner als null, feiner als sechs Nachkommastellen oder größer als 999.999.999.</translation>
    </message>
    <message>
      <source>A unit has 0 to 6 decimals.</source>
      <translation>Eine Einheit hat 0 bis 6 Dezimalen.</translation>
    </message>
    <message>
      <source>A “{kind}” lies outside our walls: it cannot be part of a site.</source>
      <translation>„{kind}“ liegt außerhalb des Hauses und kann nicht Teil eines Standorts sein.</translation>
    </message>
    <message>
      <source>An order is from a supplier or by a customer, not both.</source>
      <translation>Eine Bestellung geht an einen Lieferanten oder kommt von einem Kunden, nicht beides.</translation>
    </message>
    <message>
      <source>An unbuild has neither scrap nor by-products.</source>
      <translation>Eine Zerlegung hat weder Ausschuss noch Nebenerzeugnisse.</translation>
    </message>
    <message>
      <source>Another program holds {file}. Close it in Excel and try again.</source>
      <translation>Ein anderes Programm hält {file} fest. In Excel schließen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Catalogue</source>
      <translation>Stammdaten</translation>
    </message>
    <message>
      <source>Count sheet {sheet} is {state}, so it can no longer be counted.</source>
      <translation>Zählliste {sheet} ist {state} und kann nicht mehr gezählt werden.</translation>
    </message>
    <message>
      <source>Count sheet {sheet} is {state}; only a posted one can be reversed.</source>
      <translation>Zählliste {sheet} ist {state}; nur eine gebuchte kann storniert werden.</translation>
    </message>
    <message>
      <source>Count sheets</source>
      <translation>Zähllisten</translation>
    </message>
    <message>
      <source>Excel made a date of it. Format the column as text, type it again.</source>
      <translation>Excel hat ein Datum daraus gemacht. Die Spalte als Text formatieren und es neu eingeben.</translation>
    </message>
    <message>
      <source>Found here:</source>
      <translation>Hier gefunden:</translation>
    </message>
    <message>
      <source>It belongs to item {item}. Take it off there first.</source>
      <translation>Er gehört zu Artikel {item}. Dort zuerst entfernen.</translation>
    </message>
    <message>
      <source>It cannot go out of use: order {order} still waits for it.</source>
      <translation>Noch in Gebrauch: Bestellung {order} wartet darauf.</translation>
    </message>
    <message>
      <source>It cannot go out of use: there is stock at {location}. Move or issue it first.</source>
      <translation>Noch in Gebrauch: an {location} liegt Bestand. Zuerst umlagern oder ausgeben.</translation>
    </message>
    <message>
      <source>It cannot go out of use: {item} lies at {location}. Move it first.</source>
      <translation>Noch in Gebrauch: {item} liegt an {location}. Zuerst umlagern.</translation>
    </message>
    <message>
      <source>It could be several lines of the sheet: {lines}. Type the code in full.</source>
      <translation>Es könnten mehrere Zeilen der Liste sein: {lines}. Den Code ganz eingeben.</translation>
    </message>
    <message>
      <source>It does not come out in {unit} of {item}.</source>
      <translation>Das geht in {unit} von {item} nicht auf.</translation>
    </message>
    <message>
      <source>It holds a line break or a control character.</source>
      <translation>Es enthält einen Zeilenumbruch oder ein Steuerzeichen.</translation>
    </message>
    <message>
      <source>It is a percentage. Format the column as a number or as text.</source>
      <translation>Es ist ein Prozentwert. Die Spalte als Zahl oder Text formatieren.</translation>
    </message>
    <message>
      <source>It is blank; it is needed.</source>
      <translation>Es ist leer, wird aber gebraucht.</translation>
    </message>
    <message>
      <source>It is here already as {number}, with other lines. Orders are not changed by a table.</source>
      <translation>Sie ist schon als {number} hier, mit anderen Zeilen. Bestellungen werden durch eine Tabelle nicht geändert.</translation>
    </message>
    <message>
      <source>It is on {location} already.</source>
      <translation>Er ist schon an {location}.</translation>
    </message>
    <message>
      <source>It is the SKU or a barcode of item {item}. Choose another.</source>
      <translation>Das ist die Artikelnummer oder ein Barcode von Artikel {item}. Einen anderen wählen.</translation>
    </message>
    <message>
      <source>It is the barcode of the location {location}. Choose another.</source>
      <translation>Das ist der Barcode des Lagerorts {location}. Einen anderen wählen.</translation>
    </message>
    <message>
      <source>It is the count that is here already and keeps its time, but stock has moved here since. If it was counted anew, type it on the screen.</source>
      <translation>Diese Zählung ist schon da und behält ihre Zeit, doch seither hat sich hier Bestand bewegt. Wurde neu gezählt, bitte am Bildschirm eingeben.</translation>
    </message>
    <message>
      <source>It is the same GTIN as {code}, which belongs to item {item}.</source>
      <translation>Das ist dieselbe GTIN wie {code}, die zu Artikel {item} gehört.</translation>
    </message>
    <message>
      <source>It is the same GTIN as {code}, which stands for another quantity.</source>
      <translation>Das ist dieselbe GTIN wie {code}, die für eine andere Menge steht.</translation>
    </message>
    <message>
      <source>It must be 36500 days (100 years) at most.</source>
      <translation>Höchstens 36500 Tage (100 Jahre).</translation>
    </message>
    <message>
      <source>It must be above zero.</source>
      <translation>Es muss über null sein.</translation>
    </message>
    <message>
      <source>It must be at least 1.</source>
      <translation>Es muss mindestens 1 sein.</translation>
    </message>
    <message>
      <source>It must not be below zero.</source>
      <translation>Es darf nicht unter null sein.</translation>
    </message>
    <message>
      <source>Its check digit is wrong for a GTIN: kept as a code of our own. Compare it with the label.</source>
      <translation>Für eine GTIN ist die Prüfziffer falsch: als eigener Code übernommen. Mit dem Etikett vergleichen.</translation>
    </message>
    <message>
      <source>Labels</source>
      <translation>Etiketten</translation>
    </message>
    <message>
      <source>Line {line}: {quantity} {unit} of {item} are missing.</source>
      <translation>Zeile {line}: {quantity} {unit} von {item} fehlen.</translation>
    </message>
    <message>
      <source>Lot {lot} of {item} expired on {expiry}. It must not go out.</source>
      <translation>Charge {lot} von {item} ist am {expiry} abgelaufen. Sie darf nicht hinaus.</translation>
    </message>
    <message>
      <source>Lot {lot} of {item} expires on {known}, not on {stated}. Check the label; a different date needs a lot of its own.</source>
      <translation>Charge {lot} von {item} läuft am {known} ab, nicht am {stated}. Das Etikett prüfen; ein anderes Datum braucht eine eigene Charge.</translation>
    </message>
    <message>
      <source>More was taken from here since the count than was counted ({quantity} too many). Count it again.</source>
      <translation>Von hier wurde seit der Zählung mehr entnommen als gezählt ({quantity} zu viel). Noch einmal zählen.</translation>
    </message>
    <message>
      <source>Newer versions are not looked for: what the administrator says in {place} cannot be read ({detail}). Ask the administrator to mend it.</source>
      <translation>Nach neueren Versionen wird nicht gesucht: Was der Administrator in {place} festlegt, ist nicht lesbar ({detail}). Bitten Sie den Administrator, es in Ordnung zu bringen.</translation>
    </message>
    <message>
      <source>Newer versions are not looked for: “updates” in {place} is no text. Ask the administrator to mend it.</source>
      <translation>Nach neueren Versionen wird nicht gesucht: „updates“ in {place} ist kein Text. Bitten Sie den Administrator, es in Ordnung zu bringen.</translation>
    </message>
    <message>
      <source>No item has the SKU or barcode {item}. Check the code or add the item.</source>
      <translation>Kein Artikel hat die Nummer oder den Barcode {item}. Den Code prüfen oder den Artikel anlegen.</translation>
    </message>
    <message>
      <source>No item has this SKU or barcode. Check it, or add the item first.</source>
      <translation>Kein Artikel hat diese Nummer oder diesen Barcode. Prüfen oder zuerst den Artikel anlegen.</translation>
    </message>
    <message>
      <source>No item has this barcode. Add it to its item, then scan again.</source>
      <translation>Kein Artikel hat diesen Barcode. Ihn beim Artikel eintragen, dann noch einmal scannen.</translation>
    </message>
    <message>
      <source>No item has this carton's barcode. It may be a carton of {item}: add the barcode there, with how many are in it.</source>
      <translation>Kein Artikel hat den Barcode dieses Kartons. Vielleicht ist es ein Karton von {item}: den Barcode dort anlegen, mit der Stückzahl darin.</translation>
    </message>
    <message>
      <source>No item, place, lot or document goes by this code.</source>
      <translation>Kein Artikel, Ort, Beleg und keine Charge hat diesen Code.</translation>
    </message>
    <message>
      <source>No item, place, lot or document goes by “{text}”. Check the code, or type a part of the name.</source>
      <translation>Kein Artikel, Ort, Beleg und keine Charge passt zu „{text}“. Den Code prüfen oder einen Teil des Namens eingeben.</translation>
    </message>
    <message>
      <source>No longer in its bill of materials: {items}.</source>
      <translation>Nicht mehr in der Stückliste: {items}.</translation>
    </message>
    <message>
      <source>No shipping unit {sscc} is known here. Scan the goods in it.</source>
      <translation>Die Versandeinheit {sscc} ist hier nicht bekannt. Die Ware darin scannen.</translation>
    </message>
    <message>
      <source>No stock lies in {scope}, so there is nothing to count.</source>
      <translation>In {scope} liegt kein Bestand, es gibt nichts zu zählen.</translation>
    </message>
    <message>
      <source>Not a date: write it as 2026-05-31.</source>
      <translation>Kein Datum: als 2026-05-31 schreiben.</translation>
    </message>
    <message>
      <source>Not a number that can be used: {reason}</source>
      <translation>Keine brauchbare Zahl: {reason}</translation>
    </message>
    <message>
      <source>Not known here. Write one of: {expected}.</source>
      <translation>Hier nicht bekannt. Eines davon schreiben: {expected}.</translation>
    </message>
    <message>
      <source>Nothing goes by this code. Did you mean {name}? Capitals matter.</source>
      <translation>Diesen Code hat nichts. War {name} gemeint? Groß- und Kleinschreibung zählt.</translation>
    </message>
    <message>
      <source>Nothing is counted in {file}: no count was taken over.</source>
      <translation>In {file} ist nichts gezählt: Keine Zählung wurde übernommen.</translation>
    </message>
    <message>
      <source>Nothing is counted in {file}: only what is noted there was taken over.</source>
      <translation>In {file} ist nichts gezählt: nur die Bemerkungen wurden übernommen.</translation>
    </message>
    <message>
      <source>Nothing is counted on sheet {sheet} yet. Enter or import the counts first.</source>
      <translation>Auf Liste {sheet} ist noch nichts gezählt. Erst Zählungen eingeben oder einlesen.</translation>
    </message>
    <message>
      <source>Nothing of {document} is on the way any more.</source>
      <translation>Von {document} ist nichts mehr unterwegs.</translation>
    </message>
    <message>
      <source>Nothing was scanned.</source>
      <translation>Nichts wurde gescannt.</translation>
    </message>
    <message>
      <source>Of {item}, {left} {unit} of {document} are left to return, not {quantity}.</source>
      <translation>Von {item} können aus {document} noch {left} {unit} zurückgegeben werden, nicht {quantity}.</translation>
    </message>
    <message>
      <source>Of {item}, {left} {unit} of {document} are still on the way, not {quantity}.</source>
      <translation>Von {item} sind aus {document} noch {left} {unit} unterwegs, nicht {quantity}.</translation>
    </message>
    <message>
      <source>Order {order} has no line {order_line} for {item}.</source>
      <translation>Auftrag {order} hat keine Zeile {order_line} für {item}.</translation>
    </message>
    <message>
      <source>Order {order} line {order_line} still expects {expected} {unit} of {item}, not {quantity}.</source>
      <translation>Auftrag {order} Zeile {order_line} erwartet noch {expected} {unit} {item}, nicht {quantity}.</translation>
    </message>
    <message>
      <source>Order {order} line {order_line} still needs {expected} {unit} of {item}, not {quantity}.</source>
      <translation>Auftrag {order} Zeile {order_line} braucht noch {expected} {unit} {item}, nicht {quantity}.</translation>
    </message>
    <message>
      <source>Order {order} was taken back by {reversal}.</source>
      <translation>Die Bestellung {order} wurde durch {reversal} zurückgenommen.</translation>
    </message>
    <message>
      <source>Pieces with serial numbers are counted whole: 0.</source>
      <translation>Stücke mit Seriennummer werden ganz gezählt: 0.</translation>
    </message>
    <message>
      <source>Raw printing through the spooler needs Windows. Use the printer's network address, or save the labels as a file.</source>
      <translation>Direktes Drucken über die Warteschlange geht nur unter Windows. Die Netzadresse des Druckers benutzen oder die Etiketten als Datei speichern.</translation>
    </message>
    <message>
      <source>Receiving</source>
      <translation>Wareneingang</translation>
    </message>
    <message>
      <source>Row {row} gives the same barcode to item {item}.</source>
      <translation>Zeile {row} gibt denselben Barcode dem Artikel {item}.</translation>
    </message>
    <message>
      <source>Row {row} has the same barcode.</source>
      <translation>Zeile {row} hat denselben Barcode.</translation>
    </message>
    <message>
      <source>Row {row} of the same order says otherwise.</source>
      <translation>Zeile {row} derselben Bestellung sagt etwas anderes.</translation>
    </message>
    <message>
      <source>Row {row} says the same already.</source>
      <translation>Zeile {row} sagt das schon.</translation>
    </message>
    <message>
      <source>Say the serial of the {item} before this one first: scan or type it.</source>
      <translation>Erst die Seriennummer des vorigen {item} angeben: scannen oder eingeben.</translation>
    </message>
    <message>
      <source>Say which count sheet: --sheet and its number.</source>
      <translation>Angeben, welche Zählliste: --sheet und ihre Nummer.</translation>
    </message>
    <message>
      <source>Scan the bin that {item} comes from first.</source>
      <translation>Erst den Platz scannen, von dem {item} kommt.</translation>
    </message>
    <message>
      <source>Serial {lot} of {item} is counted already; it stands for one piece.</source>
      <translation>Seriennummer {lot} von {item} ist schon gezählt; sie steht für ein Stück.</translation>
    </message>
    <message>
      <source>Serial {lot} of {item} is on this receipt already.</source>
      <translation>Seriennummer {lot} von {item} ist schon auf diesem Wareneingang.</translation>
    </message>
    <message>
      <source>Serial {lot} of {item} is on this transfer already.</source>
      <translation>Seriennummer {lot} von {item} ist schon auf dieser Umlagerung.</translation>
    </message>
    <message>
      <source>Serial {lot} of {item}: {reason}</source>
      <translation>Seriennummer {lot} von {item}: {reason}</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Several items go by this code: {items}. Type the SKU of the right one.</source>
      <translation>Mehrere Artikel haben diesen Code: {items}. Die Nummer des richtigen eingeben.</translation>
    </message>
    <message>
      <source>Several items have a lot {lot}. Scan the item first.</source>
      <translation>Mehrere Artikel haben eine Charge {lot}. Zuerst den Artikel scannen.</translation>
    </message>
    <message>
      <source>Several places go by this code: {paths}. Scan or type the whole path.</source>
      <translation>Mehrere Orte haben diesen Code: {paths}. Den ganzen Pfad scannen oder eingeben.</translation>
    </message>
    <message>
      <source>Sheet {sheet} cannot be posted; lines that stand in the way: {count}. The first: {item} at {location}: {reason}</source>
      <translation>Zählliste {sheet} kann nicht gebucht werden; Zeilen, die im Weg stehen: {count}. Die erste: {item} an {location}: {reason}</translation>
    </message>
    <message>
      <source>Stock has moved here while it was “{kind}”. Add a new location.</source>
      <translation>Hier hat sich Bestand bewegt, als es „{kind}“ war. Einen neuen Lagerort anlegen.</translation>
    </message>
    <message>
      <source>Stock lookup</source>
      <translation>Bestandssuche</translation>
    </message>
    <message>
      <source>Stock or counts have changed since the review. Look at the variances again.</source>
      <translation>Bestand oder Zählungen haben sich seit der Prüfung geändert. Die Abweichungen noch einmal ansehen.</translation>
    </message>
    <message>
      <source>That label is not in the queue any more, so nothing was taken back.</source>
      <translation>Dieses Etikett ist nicht mehr in der Warteschlange; es wurde nichts zurückgenommen.</translation>
    </message>
    <message>
      <source>That scan belongs to a receipt that was posted or thrown away.</source>
      <translation>Dieser Scan gehört zu einem Wareneingang, der gebucht oder verworfen wurde.</translation>
    </message>
    <message>
      <source>That scan belongs to a transfer that was posted or discarded.</source>
      <translation>Dieser Scan gehört zu einer Umlagerung, die gebucht oder verworfen wurde.</translation>
    </message>
    <message>
      <source>The backup cannot be written to {folder} ({detail}). Check that the folder can be reached, that you may write there and that the disk is not full.</source>
      <translation>Die Sicherung kann nicht nach {folder} geschrieben werden ({detail}). Prüfen, ob der Ordner erreichbar ist, ob man dort schreiben darf und ob noch Platz ist.</translation>
    </message>
    <message>
      <source>The bill of materials wants {quantity} {unit} of {item}: state the lines.</source>
      <translation>Die Stückliste verlangt {quantity} {unit} von {item}: Geben Sie die Zeilen an.</translation>
    </message>
    <message>
      <source>The cell is merged over several rows, so it is not clear what it counts.</source>
      <translation>Die Zelle ist über mehrere Zeilen verbunden, darum ist unklar, was sie zählt.</translation>
    </message>
    <message>
      <source>The cell shows an Excel fault. Type the value itself.</source>
      <translation>Die Zelle zeigt einen Excel-Fehler. Den Wert selbst eingeben.</translation>
    </message>
    <message>
      <source>The check digit is wrong: the code is damaged. Scan it again.</source>
      <translation>Die Prüfziffer stimmt nicht: Der Code ist beschädigt. Noch einmal scannen.</translation>
    </message>
    <message>
      <source>The code holds a date that does not exist; it is not used.</source>
      <translation>Der Code enthält ein Datum, das es nicht gibt; es wird nicht benutzt.</translation>
    </message>
    <message>
      <source>The code says something of an item, but not of which one.</source>
      <translation>Der Code sagt etwas über einen Artikel, aber nicht über welchen.</translation>
    </message>
    <message>
      <source>The code says that there are 0 of it; type the quantity.</source>
      <translation>Der Code sagt, es seien 0; die Menge eingeben.</translation>
    </message>
    <message>
      <source>The code says the same thing twice, and differently. Enter it by hand.</source>
      <translation>Der Code sagt dasselbe zweimal, und verschieden. Von Hand eingeben.</translation>
    </message>
    <message>
      <source>The column “{column}” is missing.</source>
      <translation>Die Spalte „{column}“ fehlt.</translation>
    </message>
    <message>
      <source>The company's file {place} is gone. Look whether its drive is connected and its name is as it was, or choose another company.</source>
      <translation>Die Datei {place} des Betriebs ist nicht mehr da. Sehen Sie nach, ob ihr Laufwerk verbunden ist und sie noch so heißt, oder wählen Sie einen anderen Betrieb.</translation>
    </message>
    <message>
      <source>The connection to {place} was lost at the moment of saving, so it may or may not be saved. Do the same again: a document is never booked twice.</source>
      <translation>Die Verbindung zu {place} brach im Augenblick des Speicherns ab, es kann gespeichert sein oder nicht. Dasselbe noch einmal tun: Ein Beleg wird nie doppelt gebucht.</translation>
    </message>
    <message>
      <source>The connection to {place} was lost. Nothing was saved. Check the network and try again.</source>
      <translation>Die Verbindung zu {place} brach ab. Nichts wurde gespeichert. Das Netz prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The database server of {place} does not answer ({detail}). Check the network, the address and that the server is running.</source>
      <translation>Der Datenbankserver von {place} antwortet nicht ({detail}). Netz und Adresse prüfen und ob der Server läuft.</translation>
    </message>
    <message>
      <source>The database {place} is empty: there is no company in it yet.</source>
      <translation>Die Datenbank {place} ist leer: Es ist noch kein Betrieb darin.</translation>
    </message>
    <message>
      <source>The decimals of the currency stay {places}: values in the books are rounded to them.</source>
      <translation>Die Dezimalen der Währung bleiben {places}: Die gebuchten Werte sind darauf gerundet.</translation>
    </message>
    <message>
      <source>The disk that holds {place} is full. Nothing was saved. Free some space and try again.</source>
      <translation>Die Platte mit {place} ist voll. Nichts wurde gespeichert. Platz schaffen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The disk that holds {place} refuses to read or write ({detail}). Nothing was saved. Check that it is connected, has space left and that your share of it is not used up.</source>
      <translation>Die Platte mit {place} lässt sich nicht lesen oder schreiben ({detail}). Nichts wurde gespeichert. Prüfen, ob sie angeschlossen ist, Platz hat und das Kontingent reicht.</translation>
    </message>
    <message>
      <source>The driver of {printer} prints on {width} × {height} mm, not on {stock}. Set that size in the printer's preferences, or choose other labels.</source>
      <translation>Der Treiber von {printer} druckt auf {width} × {height} mm, nicht auf {stock}. Diese Größe in den Druckereinstellungen wählen oder andere Etiketten nehmen.</translation>
    </message>
    <message>
      <source>The file for support cannot be written to {file} ({detail}). Choose another folder, or make room there.</source>
      <translation>Die Datei für den Support kann nicht nach {file} geschrieben werden ({detail}). Wählen Sie einen anderen Ordner, oder schaffen Sie dort Platz.</translation>
    </message>
    <message>
      <source>The file is empty: there is no row of headings in it.</source>
      <translation>Die Datei ist leer: sie hat keine Zeile mit Überschriften.</translation>
    </message>
    <message>
      <source>The file latest.json at {address} cannot be used ({detail}). Whoever looks after the updates must write it anew.</source>
      <translation>Die Datei latest.json bei {address} ist nicht zu gebrauchen ({detail}). Wer sich um die Updates kümmert, muss sie neu schreiben.</translation>
    </message>
    <message>
      <source>The folder {folder} cannot be made or written to ({detail}). Choose another folder.</source>
      <translation>Der Ordner {folder} lässt sich nicht anlegen oder beschreiben ({detail}). Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
      <source>The formula has no result. Open the file in Excel and save it.</source>
      <translation>Die Formel hat kein Ergebnis. Die Datei in Excel öffnen und speichern.</translation>
    </message>
    <message>
      <source>The formula's result is empty. Type the count, or clear the cell.</source>
      <translation>Das Ergebnis der Formel ist leer. Die Zählung eingeben oder die Zelle leeren.</translation>
    </message>
    <message>
      <source>The good rows are imported, but the others cannot be written to {file}: {reason} Mend them in the file itself and import that again: what is in stays as it is.</source>
      <translation>Die guten Zeilen sind eingelesen, die übrigen können aber nicht nach {file} geschrieben werden: {reason} In der Datei selbst berichtigen und diese noch einmal einlesen: was schon da ist, bleibt.</translation>
    </message>
    <message>
      <source>The goods come from {location}. Scan the bin they go to.</source>
      <translation>Die Ware kommt von {location}. Den Platz scannen, auf den sie geht.</translation>
    </message>
    <message>
      <source>The item has movements or orders: its quantities are in {stored}. Add a pack, or a new item.</source>
      <translation>Der Artikel hat Bewegungen oder Bestellungen: seine Mengen stehen in {stored}. Eine Packung oder einen neuen Artikel anlegen.</translation>
    </message>
    <message>
      <source>The item has movements or orders: its quantities were counted with {stored}. Add a new item.</source>
      <translation>Der Artikel hat Bewegungen oder Bestellungen: seine Mengen wurden mit {stored} gezählt. Einen neuen Artikel anlegen.</translation>
    </message>
    <message>
      <source>The item has movements or orders: its stock is valued as “{stored}”. A change of costing is a document of its own.</source>
      <translation>Der Artikel hat Bewegungen oder Bestellungen: sein Bestand wird nach „{stored}“ bewertet. Ein Wechsel der Bewertung ist ein eigener Beleg.</translation>
    </message>
    <message>
      <source>The item has movements or orders: its stock is valued at the standard cost. A change of it is a document of its own.</source>
      <translation>Der Artikel hat Bewegungen oder Bestellungen: sein Bestand wird zu Standardkosten bewertet. Ihre Änderung ist ein eigener Beleg.</translation>
    </message>
    <message>
      <source>The item has movements or orders: its stock is valued that way. A change of costing is a document of its own.</source>
      <translation>Der Artikel hat Bewegungen oder Bestellungen: sein Bestand wird so bewertet. Ein Wechsel der Bewertung ist ein eigener Beleg.</translation>
    </message>
    <message>
      <source>The item has movements or orders: its stock was booked as “{stored}”. Add a new item.</source>
      <translation>Der Artikel hat Bewegungen oder Bestellungen: sein Bestand wurde als „{stored}“ gebucht. Einen neuen Artikel anlegen.</translation>
    </message>
    <message>
      <source>The item has no standard cost. Give it one first.</source>
      <translation>Der Artikel hat keine Standardkosten. Geben Sie ihm zuerst welche.</translation>
    </message>
    <message>
      <source>The item is revalued twice in this document.</source>
      <translation>Der Artikel wird in diesem Beleg zweimal neu bewertet.</translation>
    </message>
    <message>
      <source>The key {key} was used for {document}, a document of another type.</source>
      <translation>Der Schlüssel {key} gehört zu {document}, einem Beleg anderer Art.</translation>
    </message>
    <message>
      <source>The label names the item {code}, but no item goes by that. Add it as its barcode.</source>
      <translation>Das Etikett nennt den Artikel {code}, den es nicht gibt. Als Barcode seines Artikels anlegen.</translation>
    </message>
    <message>
      <source>The label of {label} cannot be printed on {stock}: the barcode of “{content}” has no room there with bars that scanners can read. Choose larger labels.</source>
      <translation>Das Etikett von {label} kann nicht auf {stock} gedruckt werden: Der Barcode von „{content}“ hat dort keinen Platz mit lesbaren Strichen. Größere Etiketten wählen.</translation>
    </message>
    <message>
      <source>The label of {label} cannot be printed on {stock}: “{text}” has no room there in letters that can be read. Choose larger labels.</source>
      <translation>Das Etikett von {label} kann nicht auf {stock} gedruckt werden: „{text}“ hat dort keinen Platz in lesbarer Schrift. Größere Etiketten wählen.</translation>
    </message>
    <message>
      <source>The label of {label} cannot be printed: its {name} is empty.</source>
      <translation>Das Etikett von {label} kann nicht gedruckt werden: {name} ist leer.</translation>
    </message>
    <message>
      <source>The label of {label} was not printed: a scanner would not read “{content}” from it. Choose larger labels or a finer printer, and check the item's barcode.</source>
      <translation>Das Etikett von {label} wurde nicht gedruckt: Ein Scanner läse „{content}“ nicht davon. Größere Etiketten oder einen feineren Drucker wählen und den Barcode des Artikels prüfen.</translation>
    </message>
    <message>
      <source>The label states a price; type the quantity.</source>
      <translation>Das Etikett nennt einen Preis; die Menge eingeben.</translation>
    </message>
    <message>
      <source>The label template {name} cannot be used: {reason}</source>
      <translation>Die Etikettenvorlage {name} kann nicht benutzt werden: {reason}</translation>
    </message>
    <message>
      <source>The line is not UTF-8.</source>
      <translation>Die Zeile ist kein UTF-8.</translation>
    </message>
    <message>
      <source>The line is not a document: an object is wanted.</source>
      <translation>Die Zeile ist kein Beleg: Ein Objekt wird gebraucht.</translation>
    </message>
    <message>
      <source>The line of {item} was changed by hand since that scan, so nothing was taken back.</source>
      <translation>Die Zeile von {item} wurde seit diesem Scan von Hand geändert, darum wurde nichts zurückgenommen.</translation>
    </message>
    <message>
      <source>The lot seems to run into a date: the scanner left out a separator. Check the lot.</source>
      <translation>Die Charge scheint in ein Datum überzugehen: Der Scanner ließ ein Trennzeichen aus. Die Charge prüfen.</translation>
    </message>
    <message>
      <source>The password cannot be written to {file} ({detail}). Connect without keeping it.</source>
      <translation>Das Kennwort lässt sich nicht in {file} schreiben ({detail}). Verbinden Sie, ohne es zu behalten.</translation>
    </message>
    <message>
      <source>The place for updates, {address}, does not answer ({detail}). Check that it is named right and can be reached from this PC.</source>
      <translation>Der Ort für Updates, {address}, antwortet nicht ({detail}). Prüfen Sie, ob er richtig angegeben und von diesem PC aus erreichbar ist.</translation>
    </message>
    <message>
      <source>The printer at {address} does not answer ({detail}). Check that it is switched on, on the network and that its address is right. Some labels may have been printed.</source>
      <translation>Der Drucker unter {address} antwortet nicht ({detail}). Prüfen, ob er an und im Netz ist und die Adresse stimmt. Einige Etiketten können gedruckt sein.</translation>
    </message>
    <message>
      <source>The printer {printer} did not take the sheet. Check it and print again.</source>
      <translation>Der Drucker {printer} nahm das Blatt nicht an. Ihn prüfen und noch einmal drucken.</translation>
    </message>
    <message>
      <source>The printer {printer} is not installed any more, or cannot be used. Choose another.</source>
      <translation>Der Drucker {printer} ist nicht mehr eingerichtet oder nicht benutzbar. Einen anderen wählen.</translation>
    </message>
    <message>
      <source>The receipt has no such line.</source>
      <translation>Der Wareneingang hat keine solche Zeile.</translation>
    </message>
    <message>
      <source>The row belongs to another count sheet, or its hidden key was changed.</source>
      <translation>Die Zeile gehört zu einer anderen Zählliste, oder ihr verborgener Schlüssel wurde geändert.</translation>
    </message>
    <message>
      <source>The row has more cells than headings. Quote its texts.</source>
      <translation>Die Zeile hat mehr Zellen als Überschriften. Ihre Texte in Anführungszeichen setzen.</translation>
    </message>
    <message>
      <source>The row names no item.</source>
      <translation>Die Zeile nennt keinen Artikel.</translation>
    </message>
    <message>
      <source>The row names no location.</source>
      <translation>Die Zeile nennt keinen Ort.</translation>
    </message>
    <message>
      <source>The row's hidden key belongs to {known}, but the cell says {found}. The rows were mixed up, perhaps by sorting only some columns.</source>
      <translation>Der verborgene Schlüssel der Zeile gehört zu {known}, aber die Zelle sagt {found}. Die Zeilen wurden vermischt, vielleicht durch Sortieren nur einiger Spalten.</translation>
    </message>
    <message>
      <source>The scanner calls this a GS1 code, but it cannot be read as one.</source>
      <translation>Der Scanner nennt das einen GS1-Code, aber es lässt sich nicht als solcher lesen.</translation>
    </message>
    <message>
      <source>The settings could not be written to {file}: {reason}.</source>
      <translation>Die Einstellungen konnten nicht nach {file} geschrieben werden: {reason}.</translation>
    </message>
    <message>
      <source>The settings in {file} could not be read ({reason}). Mend the file, or take it away.</source>
      <translation>Die Einstellungen in {file} konnten nicht gelesen werden ({reason}). Die Datei berichtigen oder entfernen.</translation>
    </message>
    <message>
      <source>The settings in {file} were damaged and are kept as {kept}, so it is not known for sure which company is yours. Choose it in the window; a command takes it by --db.</source>
      <translation>Die Einstellungen in {file} waren beschädigt und sind als {kept} aufgehoben. Daher ist nicht sicher, welcher Betrieb Ihrer ist. Wählen Sie ihn im Fenster; einem Befehl nennen Sie ihn mit --db.</translation>
    </message>
    <message>
      <source>The sheet {tab} has no column {missing}, so none of its rows was read.</source>
      <translation>Das Blatt {tab} hat keine Spalte {missing}, darum wurde keine seiner Zeilen gelesen.</translation>
    </message>
    <message>
      <source>The sheet “{sheet}” was not read: only the first table is.</source>
      <translation>Das Blatt „{sheet}“ wurde nicht gelesen: nur die erste Tabelle wird gelesen.</translation>
    </message>
    <message>
      <source>There is no count sheet {number}.</source>
      <translation>Es gibt keine Zählliste {number}.</translation>
    </message>
    <message>
      <source>There is no document {document} that this can belong to, or it was reversed.</source>
      <translation>Es gibt keinen Beleg {document}, zu dem dies gehören kann, oder er wurde storniert.</translation>
    </message>
    <message>
      <source>There is no document {document}.</source>
      <translation>Es gibt keinen Beleg {document}.</translation>
    </message>
    <message>
      <source>There is no item, lot, bin or document {name}. Check the code, or scan it instead.</source>
      <translation>Es gibt keinen Artikel, Platz, Beleg und keine Charge {name}. Den Code prüfen oder scannen.</translation>
    </message>
    <message>
      <source>There is no location {location}. Check the path or add the location.</source>
      <translation>Es gibt keinen Ort {location}. Den Pfad prüfen oder den Ort anlegen.</translation>
    </message>
    <message>
      <source>There is no order {order}.</source>
      <translation>Es gibt keinen Auftrag {order}.</translation>
    </message>
    <message>
      <source>There is no place {code}. Check the label or add the place.</source>
      <translation>Den Ort {code} gibt es nicht. Das Etikett prüfen oder den Ort anlegen.</translation>
    </message>
    <message>
      <source>There is no such command.</source>
      <translation>Einen solchen Befehl gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such customer. Add it first.</source>
      <translation>Diesen Kunden gibt es nicht. Zuerst anlegen.</translation>
    </message>
    <message>
      <source>There is no such location. Add it first.</source>
      <translation>Diesen Lagerort gibt es nicht. Zuerst anlegen.</translation>
    </message>
    <message>
      <source>There is no such supplier. Add it first.</source>
      <translation>Diesen Lieferanten gibt es nicht. Zuerst anlegen.</translation>
    </message>
    <message>
      <source>There is no {kind} {partner}. Check the code or add the {kind}.</source>
      <translation>{kind} {partner} gibt es nicht. Den Code prüfen oder {kind} anlegen.</translation>
    </message>
    <message>
      <source>There is nothing to post: the document has no lines.</source>
      <translation>Es gibt nichts zu buchen: Der Beleg hat keine Zeilen.</translation>
    </message>
    <message>
      <source>There is nothing to print: the queue is empty. Scan an item, a lot or a bin to add it.</source>
      <translation>Es gibt nichts zu drucken: Die Warteschlange ist leer. Artikel, Charge oder Platz scannen.</translation>
    </message>
    <message>
      <source>These counts were imported before, from {file} on {moment}: nothing was changed.</source>
      <translation>Diese Zählungen wurden schon eingelesen, aus {file} am {moment}: Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>This code is a barcode of item {item}.</source>
      <translation>Dieser Code ist ein Barcode von Artikel {item}.</translation>
    </message>
    <message>
      <source>This column is not known and was not read.</source>
      <translation>Diese Spalte ist nicht bekannt und wurde nicht gelesen.</translation>
    </message>
    <message>
      <source>This column says “{column}” a second time. Take one of the two away.</source>
      <translation>Diese Spalte sagt „{column}“ ein zweites Mal. Eine der beiden entfernen.</translation>
    </message>
    <message>
      <source>This could be {either} or {other}: write one of the two.</source>
      <translation>Das kann {either} oder {other} sein: eines davon schreiben.</translation>
    </message>
    <message>
      <source>This is here already. Choose another, or edit that.</source>
      <translation>Das gibt es hier schon. Etwas anderes wählen oder das Vorhandene ändern.</translation>
    </message>
    <message>
      <source>This is not a quantity that can be used: it must be a number above zero.</source>
      <translation>Das ist hier keine brauchbare Menge: Es muss eine Zahl über null sein.</translation>
    </message>
    <message>
      <source>This is the barcode of a pack. Write that of one piece, or the SKU.</source>
      <translation>Das ist der Barcode einer Packung. Den eines einzelnen Stücks oder die Artikelnummer angeben.</translation>
    </message>
    <message>
      <source>Too long: {length} characters, {longest} at most.</source>
      <translation>Zu lang: {length} Zeichen, höchstens {longest}.</translation>
    </message>
    <message>
      <source>Transfer</source>
      <translation>Umlagerung</translation>
    </message>
    <message>
      <source>Type a number from 0 to 999,999, or leave the cell empty.</source>
      <translation>Eine Zahl von 0 bis 999.999 eingeben oder die Zelle leer lassen.</translation>
    </message>
    <message>
      <source>Type what you counted. 0 is zero; leave it empty if you did not count it.</source>
      <translation>Gezählte Menge eingeben. 0 ist null; leer lassen, was nicht gezählt wurde.</translation>
    </message>
    <message>
      <source>What happens cannot be written down: {file} cannot be made or written to ({detail}). The program works without, but nobody can look up later what went wrong.</source>
      <translation>Was geschieht, kann nicht aufgezeichnet werden: {file} lässt sich nicht anlegen oder beschreiben ({detail}). Das Programm arbeitet auch ohne, aber niemand kann später nachsehen, was schiefging.</translation>
    </message>
    <message>
      <source>What is given for “{name}” is not text. Type it anew.</source>
      <translation>Die Angabe für „{name}“ ist kein Text. Bitte neu eingeben.</translation>
    </message>
    <message>
      <source>Whole numbers only.</source>
      <translation>Nur ganze Zahlen.</translation>
    </message>
    <message>
      <source>Windows could not hand the labels to {printer} ({detail}). Check the printer in the Windows settings and try again.</source>
      <translation>Windows konnte die Etiketten nicht an {printer} geben ({detail}). Den Drucker in den Windows-Einstellungen prüfen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Windows error {code}</source>
      <translation>Windows-Fehler {code}</translation>
    </message>
    <message>
      <source>With this, {location} would have held {on_hand} {unit} of {item} at {moment}: document {document} stands in the way.</source>
      <translation>Damit hätte {location} am {moment} {on_hand} {unit} {item} gehabt: Beleg {document} steht im Weg.</translation>
    </message>
    <message>
      <source>Write yes or no.</source>
      <translation>Ja oder nein schreiben.</translation>
    </message>
    <message>
      <source>You have no right to read {file}. Ask for it, or choose a copy of your own.</source>
      <translation>Das Recht, {file} zu lesen, fehlt. Darum bitten oder eine eigene Kopie wählen.</translation>
    </message>
    <message>
      <source>a count cannot be below zero.</source>
      <translation>eine Zählung kann nicht unter null sein.</translation>
    </message>
    <message>
      <source>a count is 0 or more.</source>
      <translation>eine Zählung ist 0 oder mehr.</translation>
    </message>
    <message>
      <source>a quotation mark in line {line} is not closed. Mend the line and try again.</source>
      <translation>ein Anführungszeichen in Zeile {line} ist nicht geschlossen. Die Zeile berichtigen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>allocate the order anew instead.</source>
      <translation>den Auftrag stattdessen neu zuteilen.</translation>
    </message>
    <message>
      <source>amount: {found} is not above zero, or finer than the currency.</source>
      <translation>amount: {found} ist nicht größer als null oder feiner als die Währung.</translation>
    </message>
    <message>
      <source>at most 1 decimal.</source>
      <translation>höchstens 1 Nachkommastelle.</translation>
    </message>
    <message>
      <source>at most {decimals} decimals.</source>
      <translation>höchstens {decimals} Nachkommastellen.</translation>
    </message>
    <message>
      <source>average</source>
      <translation>Durchschnitt</translation>
    </message>
    <message>
      <source>by: it is missing.</source>
      <translation>by: Die Angabe fehlt.</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>verworfen</translation>
    </message>
    <message>
      <source>close the period again instead.</source>
      <translation>schließen Sie stattdessen den Zeitraum wieder.</translation>
    </message>
    <message>
      <source>cost: it is below zero or finer than the currency.</source>
      <translation>cost: Der Betrag ist kleiner als null oder feiner als die Währung.</translation>
    </message>
    <message>
      <source>costing: it is missing.</source>
      <translation>costing: Die Angabe fehlt.</translation>
    </message>
    <message>
      <source>costing: the item is valued that way already.</source>
      <translation>costing: Der Artikel wird schon so bewertet.</translation>
    </message>
    <message>
      <source>count the place again</source>
      <translation>den Platz neu zählen</translation>
    </message>
    <message>
      <source>customer</source>
      <translation>Kunde</translation>
    </message>
    <message>
      <source>dock</source>
      <translation>Rampe</translation>
    </message>
    <message>
      <source>fifo</source>
      <translation>FIFO</translation>
    </message>
    <message>
      <source>goods have moved for it. Reverse those documents first.</source>
      <translation>Ware wurde dafür bewegt. Erst diese Belege stornieren.</translation>
    </message>
    <message>
      <source>it became a number of more than 15 digits, so its end is lost.</source>
      <translation>es wurde eine Zahl von mehr als 15 Ziffern, ihr Ende ist verloren.</translation>
    </message>
    <message>
      <source>it has more rows than a spreadsheet. Split it into smaller files.</source>
      <translation>sie hat mehr Zeilen als ein Tabellenblatt. In kleinere Dateien teilen.</translation>
    </message>
    <message>
      <source>it holds a document type declaration, which no workbook needs and some abuse.</source>
      <translation>sie enthält eine Dokumenttyp-Deklaration, die keine Arbeitsmappe braucht und manche missbrauchen.</translation>
    </message>
    <message>
      <source>it holds more than 3,000,000 filled cells. Split it into smaller files.</source>
      <translation>sie enthält mehr als 3.000.000 gefüllte Zellen. In kleinere Dateien teilen.</translation>
    </message>
    <message>
      <source>it holds no sheet with cells.</source>
      <translation>sie enthält kein Blatt mit Zellen.</translation>
    </message>
    <message>
      <source>it is a binary workbook (.xlsb); {then}</source>
      <translation>es ist eine binäre Arbeitsmappe (.xlsb); {then}</translation>
    </message>
    <message>
      <source>it is a date or time; Excel changed what was typed.</source>
      <translation>es ist ein Datum oder eine Uhrzeit; Excel hat die Eingabe verändert.</translation>
    </message>
    <message>
      <source>it is a folder. Choose the file in it.</source>
      <translation>das ist ein Ordner. Die Datei darin wählen.</translation>
    </message>
    <message>
      <source>it is a number with decimals.</source>
      <translation>es ist eine Zahl mit Dezimalen.</translation>
    </message>
    <message>
      <source>it is a picture. Choose the workbook itself.</source>
      <translation>es ist ein Bild. Die Arbeitsmappe selbst wählen.</translation>
    </message>
    <message>
      <source>it is a reversal itself; post the document anew instead.</source>
      <translation>es ist selbst ein Storno; den Beleg stattdessen neu buchen.</translation>
    </message>
    <message>
      <source>it is a web page under the name of a table; {then}</source>
      <translation>es ist eine Webseite unter dem Namen einer Tabelle; {then}</translation>
    </message>
    <message>
      <source>it is a yes/no value.</source>
      <translation>es ist ein Ja/Nein-Wert.</translation>
    </message>
    <message>
      <source>it is an OpenDocument file; {then}</source>
      <translation>es ist eine OpenDocument-Datei; {then}</translation>
    </message>
    <message>
      <source>it is an archive, not an Excel workbook (.xlsx). Unpack it first.</source>
      <translation>es ist ein Archiv, keine Excel-Arbeitsmappe (.xlsx). Erst entpacken.</translation>
    </message>
    <message>
      <source>it is damaged or was copied only in part. Copy or download it again.</source>
      <translation>sie ist beschädigt oder nur teilweise kopiert. Noch einmal kopieren oder laden.</translation>
    </message>
    <message>
      <source>it is empty (0 bytes). Copy or download it again.</source>
      <translation>sie ist leer (0 Bytes). Noch einmal kopieren oder laden.</translation>
    </message>
    <message>
      <source>it is empty; type a number.</source>
      <translation>es ist leer; eine Zahl eingeben.</translation>
    </message>
    <message>
      <source>it is here already. Check the label.</source>
      <translation>sie ist schon hier. Das Etikett prüfen.</translation>
    </message>
    <message>
      <source>it is in the old Excel format (.xls); {then}</source>
      <translation>es ist das alte Excel-Format (.xls); {then}</translation>
    </message>
    <message>
      <source>it is larger than 50 MB. Split it into smaller files.</source>
      <translation>sie ist größer als 50 MB. In kleinere Dateien teilen.</translation>
    </message>
    <message>
      <source>it is larger than 999,999,999.</source>
      <translation>es ist größer als 999.999.999.</translation>
    </message>
    <message>
      <source>it is neither an Excel workbook (.xlsx) nor a CSV file.</source>
      <translation>es ist weder eine Excel-Arbeitsmappe (.xlsx) noch eine CSV-Datei.</translation>
    </message>
    <message>
      <source>it is not a chain of (01)… elements.</source>
      <translation>es ist keine Kette von (01)…-Elementen.</translation>
    </message>
    <message>
      <source>it is protected by a password. Open it in Excel, take the password off under File &gt; Info &gt; Protect Workbook, save it and try again.</source>
      <translation>sie ist durch ein Kennwort geschützt. In Excel öffnen, unter Datei &gt; Informationen &gt; Arbeitsmappe schützen das Kennwort entfernen, speichern und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>it is too long for it, or has signs or parts that it does not know.</source>
      <translation>es ist zu lang dafür oder hat Zeichen oder Teile, die es nicht kennt.</translation>
    </message>
    <message>
      <source>it is very large; type it on the screen if it is right.</source>
      <translation>es ist sehr groß; wenn es stimmt, am Bildschirm eingeben.</translation>
    </message>
    <message>
      <source>it must be above zero.</source>
      <translation>sie muss über null sein.</translation>
    </message>
    <message>
      <source>it needs {length} digits, the last of which checks the others.</source>
      <translation>es braucht {length} Ziffern, deren letzte die anderen prüft.</translation>
    </message>
    <message>
      <source>it stands for one piece, not for {quantity}.</source>
      <translation>sie steht für ein Stück, nicht für {quantity}.</translation>
    </message>
    <message>
      <source>it unpacks to far more than a table holds, so it was not opened.</source>
      <translation>sie entpackt sich zu weit mehr, als eine Tabelle enthält, darum wurde sie nicht geöffnet.</translation>
    </message>
    <message>
      <source>it would be read as something else.</source>
      <translation>es würde als etwas anderes gelesen.</translation>
    </message>
    <message>
      <source>it would have been here twice at {moment}. Check the label.</source>
      <translation>es wäre um {moment} zweimal hier gewesen. Bitte das Etikett prüfen.</translation>
    </message>
    <message>
      <source>its item number is not a good GTIN-14.</source>
      <translation>seine Artikelnummer ist keine gültige GTIN-14.</translation>
    </message>
    <message>
      <source>key: it is missing; every document needs one of its own.</source>
      <translation>key: fehlt; jeder Beleg braucht einen eigenen.</translation>
    </message>
    <message>
      <source>lifo</source>
      <translation>LIFO</translation>
    </message>
    <message>
      <source>line: say which line of the receipt, or which item.</source>
      <translation>line: Geben Sie an, welche Zeile des Wareneingangs oder welcher Artikel gemeint ist.</translation>
    </message>
    <message>
      <source>loss</source>
      <translation>Verlust</translation>
    </message>
    <message>
      <source>lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>lot: the item's cost is not kept by lot.</source>
      <translation>lot: Die Kosten des Artikels werden nicht je Charge geführt.</translation>
    </message>
    <message>
      <source>move the goods back</source>
      <translation>die Ware zurücklagern</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keine</translation>
    </message>
    <message>
      <source>only plain letters, digits and signs fit.</source>
      <translation>nur einfache Buchstaben, Ziffern und Zeichen passen.</translation>
    </message>
    <message>
      <source>open</source>
      <translation>offen</translation>
    </message>
    <message>
      <source>open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx).</source>
      <translation>in Excel oder LibreOffice öffnen und als Excel-Arbeitsmappe (.xlsx) speichern.</translation>
    </message>
    <message>
      <source>opening</source>
      <translation>Anfangsbestand</translation>
    </message>
    <message>
      <source>post what puts it right</source>
      <translation>buchen, was es richtigstellt</translation>
    </message>
    <message>
      <source>posted</source>
      <translation>gebucht</translation>
    </message>
    <message>
      <source>product: it is missing.</source>
      <translation>product: Die Angabe fehlt.</translation>
    </message>
    <message>
      <source>production</source>
      <translation>Fertigung</translation>
    </message>
    <message>
      <source>quarantine</source>
      <translation>Quarantäne</translation>
    </message>
    <message>
      <source>release the order's allocation instead.</source>
      <translation>stattdessen die Zuteilung des Auftrags aufheben.</translation>
    </message>
    <message>
      <source>reopen the period instead.</source>
      <translation>öffnen Sie stattdessen den Zeitraum wieder.</translation>
    </message>
    <message>
      <source>return the goods to the supplier</source>
      <translation>die Ware an den Lieferanten zurückgeben</translation>
    </message>
    <message>
      <source>reversed</source>
      <translation>storniert</translation>
    </message>
    <message>
      <source>scrap: a serial number that is no good was never made.</source>
      <translation>scrap: Eine Seriennummer, die nichts taugt, wurde nie gefertigt.</translation>
    </message>
    <message>
      <source>serial</source>
      <translation>Seriennummer</translation>
    </message>
    <message>
      <source>share: the shares are fractions that add up to 1 at most.</source>
      <translation>share: Die Anteile sind Bruchteile, die zusammen höchstens 1 ergeben.</translation>
    </message>
    <message>
      <source>site</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>standard</source>
      <translation>Standardkosten</translation>
    </message>
    <message>
      <source>storage</source>
      <translation>Lager</translation>
    </message>
    <message>
      <source>supplier</source>
      <translation>Lieferant</translation>
    </message>
    <message>
      <source>take the goods back as a return from the customer</source>
      <translation>die Ware als Kundenrückgabe annehmen</translation>
    </message>
    <message>
      <source>the cell is empty.</source>
      <translation>die Zelle ist leer.</translation>
    </message>
    <message>
      <source>the cell shows a percentage.</source>
      <translation>die Zelle zeigt einen Prozentwert.</translation>
    </message>
    <message>
      <source>the file does not hold the formula's result; open the file, save it and try again.</source>
      <translation>die Datei enthält das Ergebnis der Formel nicht; öffnen, speichern und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>the formula in the cell failed.</source>
      <translation>die Formel in der Zelle schlug fehl.</translation>
    </message>
    <message>
      <source>the mark may stand before thousands or before decimals; type it without.</source>
      <translation>das Zeichen kann vor Tausendern oder Dezimalen stehen; ohne es eingeben.</translation>
    </message>
    <message>
      <source>there is none of this kind.</source>
      <translation>davon gibt es keinen.</translation>
    </message>
    <message>
      <source>there is nothing, or what nobody can read.</source>
      <translation>es ist nichts da, oder nichts Lesbares.</translation>
    </message>
    <message>
      <source>there would be less than nothing.</source>
      <translation>es wäre weniger als nichts.</translation>
    </message>
    <message>
      <source>this stockroom</source>
      <translation>diesem Lager</translation>
    </message>
    <message>
      <source>transit</source>
      <translation>unterwegs</translation>
    </message>
    <message>
      <source>two columns have this heading and say different things: {found}.</source>
      <translation>zwei Spalten haben diese Überschrift und sagen Verschiedenes: {found}.</translation>
    </message>
    <message>
      <source>type digits only.</source>
      <translation>nur Ziffern eingeben.</translation>
    </message>
    <message>
      <source>type digits with at most one decimal mark.</source>
      <translation>Ziffern mit höchstens einem Dezimalzeichen eingeben.</translation>
    </message>
    <message>
      <source>type digits.</source>
      <translation>Ziffern eingeben.</translation>
    </message>
    <message>
      <source>type it without marks between the thousands.</source>
      <translation>ohne Zeichen zwischen den Tausendern eingeben.</translation>
    </message>
    <message>
      <source>unit_cost: it is missing, below zero, too fine or too large.</source>
      <translation>unit_cost: Die Angabe fehlt, ist kleiner als null, zu fein oder zu groß.</translation>
    </message>
    <message>
      <source>until: it is missing, or before 1980.</source>
      <translation>until: Die Angabe fehlt oder liegt vor 1980.</translation>
    </message>
    <message>
      <source>whole pieces only.</source>
      <translation>nur ganze Stücke.</translation>
    </message>
    <message>
      <source>write digits with a point before the decimals.</source>
      <translation>Ziffern mit einem Punkt vor den Dezimalen schreiben.</translation>
    </message>
    <message>
      <source>{document} cannot be reversed while {other} belongs to it. Reverse that first.</source>
      <translation>{document} kann nicht storniert werden, solange {other} dazugehört. Stornieren Sie das zuerst.</translation>
    </message>
    <message>
      <source>{document} cannot be reversed: {reason}</source>
      <translation>{document} kann nicht storniert werden: {reason}</translation>
    </message>
    <message>
      <source>{document} happened at {moment}: nothing of it can come back before that.</source>
      <translation>{document} geschah am {moment}: Vorher kann nichts davon zurückkommen.</translation>
    </message>
    <message>
      <source>{document} has nothing to spread {amount} on by {by}. Choose another way to spread it.</source>
      <translation>{document} hat nichts, worauf sich {amount} nach „{by}“ verteilen ließe. Wählen Sie eine andere Verteilung.</translation>
    </message>
    <message>
      <source>{document} lies in a closed period: everything up to {until} is closed. Today you can {instead}, or reopen the period.</source>
      <translation>{document} liegt in einem geschlossenen Zeitraum: Alles bis {until} ist geschlossen. Heute können Sie {instead} oder den Zeitraum wieder öffnen.</translation>
    </message>
    <message>
      <source>{document} was reversed by {reversal} before.</source>
      <translation>{document} wurde schon durch {reversal} storniert.</translation>
    </message>
    <message>
      <source>{figure} is more than the books can hold. Check quantity and price.</source>
      <translation>{figure} ist mehr, als die Bücher fassen. Bitte Menge und Preis prüfen.</translation>
    </message>
    <message>
      <source>{file} at {address} is not what latest.json says ({detail}). It was thrown away; nothing was installed. Tell whoever looks after the updates.</source>
      <translation>{file} bei {address} ist nicht, was latest.json angibt ({detail}). Die Datei wurde verworfen; installiert wurde nichts. Sagen Sie es dem, der sich um die Updates kümmert.</translation>
    </message>
    <message>
      <source>{file} belongs to another count sheet ({found}), not to {wanted}.</source>
      <translation>{file} gehört zu einer anderen Zählliste ({found}), nicht zu {wanted}.</translation>
    </message>
    <message>
      <source>{file} cannot be opened: {reason}. Check its name and its drive.</source>
      <translation>{file} kann nicht geöffnet werden: {reason}. Name und Laufwerk prüfen.</translation>
    </message>
    <message>
      <source>{file} cannot be read ({detail}). Check its name and your right to read it.</source>
      <translation>{file} kann nicht gelesen werden ({detail}). Den Namen und das Leserecht prüfen.</translation>
    </message>
    <message>
      <source>{file} cannot be read: {reason}</source>
      <translation>{file} kann nicht gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>{file} cannot be written: {reason} Close it in Excel or choose another name.</source>
      <translation>{file} kann nicht geschrieben werden: {reason} In Excel schließen oder einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>{file} could not be written: {reason}. Choose another place or name.</source>
      <translation>{file} konnte nicht geschrieben werden: {reason}. Einen anderen Ort oder Namen wählen.</translation>
    </message>
    <message>
      <source>{file} does not end in .zip. Name the file so: stockroom.zip.</source>
      <translation>{file} endet nicht auf .zip. Nennen Sie die Datei so: stockroom.zip.</translation>
    </message>
    <message>
      <source>{file} does not say which count sheet it is. Choose the sheet and try again.</source>
      <translation>{file} sagt nicht, zu welcher Zählliste es gehört. Die Liste wählen und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>{file} has no sheet with the headings of a count: {wanted}. Missing: {missing}.</source>
      <translation>{file} hat kein Blatt mit den Überschriften einer Zählung: {wanted}. Es fehlt: {missing}.</translation>
    </message>
    <message>
      <source>{file} is not there any more. Choose the file again.</source>
      <translation>{file} ist nicht mehr da. Die Datei noch einmal wählen.</translation>
    </message>
    <message>
      <source>{file} is not there. Choose the file of a backup.</source>
      <translation>{file} ist nicht da. Die Datei einer Sicherung wählen.</translation>
    </message>
    <message>
      <source>{file} is the database itself. Choose the file of a backup.</source>
      <translation>{file} ist die Datenbank selbst. Die Datei einer Sicherung wählen.</translation>
    </message>
    <message>
      <source>{file} was made by a newer version of Stockroom. Bring this one up to date and try again.</source>
      <translation>{file} stammt von einer neueren Version von Stockroom. Diese erneuern und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>{file}: give the file a name that ends in .csv or .xlsx.</source>
      <translation>{file}: der Datei einen Namen geben, der auf .csv oder .xlsx endet.</translation>
    </message>
    <message>
      <source>{first}</source>
      <translation>{first}</translation>
    </message>
    <message>
      <source>{item} at {location} is counted twice in this document.</source>
      <translation>{item} an {location} ist in diesem Beleg zweimal gezählt.</translation>
    </message>
    <message>
      <source>{item} at {location} is on count sheet {sheet}, which is still open. Post or cancel that sheet first.</source>
      <translation>{item} an {location} steht auf Zählliste {sheet}, die noch offen ist. Erst jene buchen oder abbrechen.</translation>
    </message>
    <message>
      <source>{item} at {location} was counted again since that scan, so nothing was taken back.</source>
      <translation>{item} in {location} wurde seit diesem Scan noch einmal gezählt; es wurde nichts zurückgenommen.</translation>
    </message>
    <message>
      <source>{item} has no lot {lot}. Check the lot or receive it first.</source>
      <translation>{item} hat keine Charge {lot}. Die Charge prüfen oder erst annehmen.</translation>
    </message>
    <message>
      <source>{item} is counted in this unit anyway.</source>
      <translation>{item} wird ohnehin in dieser Einheit gezählt.</translation>
    </message>
    <message>
      <source>{item} is counted with {decimals} decimals, no finer.</source>
      <translation>{item} wird mit {decimals} Nachkommastellen gezählt, nicht feiner.</translation>
    </message>
    <message>
      <source>{item} is not counted in this unit.</source>
      <translation>{item} wird nicht in dieser Einheit gezählt.</translation>
    </message>
    <message>
      <source>{item} is not counted in {unit}. Its units: {known}.</source>
      <translation>{item} wird nicht in {unit} gezählt. Seine Einheiten: {known}.</translation>
    </message>
    <message>
      <source>{item} is not tracked by lot, so it cannot have the lot {lot}.</source>
      <translation>{item} wird nicht nach Chargen geführt und kann die Charge {lot} nicht haben.</translation>
    </message>
    <message>
      <source>{item} is tracked by serial: scan its pieces one by one.</source>
      <translation>{item} wird nach Seriennummern geführt: Stück für Stück scannen.</translation>
    </message>
    <message>
      <source>{item} is tracked by {tracking}: say which {tracking} it is.</source>
      <translation>{item} wird nach {tracking} geführt: angeben, welche {tracking}.</translation>
    </message>
    <message>
      <source>{item} is tracked by {tracking}: scan or type which one you counted.</source>
      <translation>{item} wird nach {tracking} geführt: scannen oder eingeben, welche gezählt wurde.</translation>
    </message>
    <message>
      <source>{line} is counted in several rows: {rows}. Keep one of them.</source>
      <translation>{line} ist in mehreren Zeilen gezählt: {rows}. Eine davon behalten.</translation>
    </message>
    <message>
      <source>{location} holds no lot {lot} of {item}.</source>
      <translation>An {location} liegt keine Charge {lot} von {item}.</translation>
    </message>
    <message>
      <source>{location} holds {on_hand} {unit} of {item}, not the {quantity} wanted. Take less, or count the place if the goods are there.</source>
      <translation>An {location} liegen {on_hand} {unit} {item}, nicht die gewünschten {quantity}. Weniger nehmen, oder den Platz zählen, wenn die Ware da ist.</translation>
    </message>
    <message>
      <source>{location} holds {on_hand} {unit} of {item}, of which {allocated} are promised to {order}. Release the order's allocation first.</source>
      <translation>{location} enthält {on_hand} {unit} {item}, davon sind {allocated} für {order} zugeteilt. Erst die Zuteilung des Auftrags aufheben.</translation>
    </message>
    <message>
      <source>{location} holds {on_hand} {unit} of {item}, of which {promised} are promised to orders: {available} can be moved, not {quantity}.</source>
      <translation>An {location} liegen {on_hand} {unit} {item}, davon sind {promised} für Aufträge zugeteilt: {available} können umgelagert werden, nicht {quantity}.</translation>
    </message>
    <message>
      <source>{location} is both where {item} comes from and where it goes.</source>
      <translation>{location} ist zugleich, woher {item} kommt und wohin es geht.</translation>
    </message>
    <message>
      <source>{location} is no longer a place where stock is counted.</source>
      <translation>{location} ist kein Platz mehr, an dem Bestand gezählt wird.</translation>
    </message>
    <message>
      <source>{location} is not a place of ours where stock can lie.</source>
      <translation>{location} ist keiner unserer Plätze, an denen Bestand liegen kann.</translation>
    </message>
    <message>
      <source>{location} is the code of several places: {paths}. Scan or type the whole path.</source>
      <translation>{location} ist der Code mehrerer Orte: {paths}. Den ganzen Pfad scannen oder eingeben.</translation>
    </message>
    <message>
      <source>{location} is “{kind}”: what lies inside it is “{kind}” too.</source>
      <translation>{location} ist „{kind}“: was darin liegt, ist es auch.</translation>
    </message>
    <message>
      <source>{lot} is a lot of several items: {items}. Scan or type the item instead.</source>
      <translation>{lot} ist eine Charge mehrerer Artikel: {items}. Stattdessen den Artikel scannen oder eingeben.</translation>
    </message>
    <message>
      <source>{message}</source>
      <translation>{message}</translation>
    </message>
    <message>
      <source>{moment} lies in a closed period: everything up to {until} is closed. Use a later date, or reopen the period.</source>
      <translation>{moment} liegt in einem geschlossenen Zeitraum: Alles bis {until} ist geschlossen. Nehmen Sie ein späteres Datum oder öffnen Sie den Zeitraum wieder.</translation>
    </message>
    <message>
      <source>{moment} lies more than a day ahead. Check date and time.</source>
      <translation>{moment} liegt mehr als einen Tag voraus. Datum und Uhrzeit prüfen.</translation>
    </message>
    <message>
      <source>{name} is out of use. Put it into use on Catalogue if it should be.</source>
      <translation>{name} ist außer Gebrauch. Falls es gebraucht wird, unter Katalog wieder in Gebrauch nehmen.</translation>
    </message>
    <message>
      <source>{pack} of {item} has no barcode, and {item} has no GTIN to make one from: a scan of its label would count one {unit}. Give the pack a barcode in the catalogue.</source>
      <translation>{pack} von {item} hat keinen Barcode, und {item} hat keine GTIN, um einen zu bilden: Ein Scan des Etiketts zählte ein {unit}. Der Packung in den Stammdaten einen Barcode geben.</translation>
    </message>
    <message>
      <source>{path} cannot be written ({detail}). Check that the folder exists, that the file is not open in another program and that the disk has room.</source>
      <translation>{path} kann nicht geschrieben werden ({detail}). Prüfen, ob es den Ordner gibt, die Datei nicht anderswo offen ist und Platz ist.</translation>
    </message>
    <message>
      <source>{place} already holds items or documents, and a backup replaces everything. Make a new, empty database on the server and restore into that.</source>
      <translation>{place} enthält schon Artikel oder Belege, und eine Sicherung ersetzt alles. Auf dem Server eine neue, leere Datenbank anlegen und dorthin zurücksichern.</translation>
    </message>
    <message>
      <source>{place} already holds items or documents, so the sample company is not put into it. Name a file that is not there yet, or leave --db out.</source>
      <translation>{place} enthält schon Artikel oder Belege, darum kommt das Beispielunternehmen nicht hinein. Eine Datei nennen, die es noch nicht gibt, oder --db weglassen.</translation>
    </message>
    <message>
      <source>{place} belongs to another program: it holds tables, but not those of Stockroom. Nothing in it was changed. Choose another database.</source>
      <translation>{place} gehört einem anderen Programm: Es enthält Tabellen, aber nicht die von Stockroom. Nichts wurde geändert. Eine andere Datenbank wählen.</translation>
    </message>
    <message>
      <source>{place} cannot be asked with these options ({detail}). Correct them in the database's address.</source>
      <translation>{place} lässt sich mit diesen Optionen nicht fragen ({detail}). Berichtigen Sie sie in der Adresse der Datenbank.</translation>
    </message>
    <message>
      <source>{place} cannot be opened ({detail}). Check that its name is right, that the folder exists and that you may open it.</source>
      <translation>{place} kann nicht geöffnet werden ({detail}). Prüfen, ob der Name stimmt, ob es den Ordner gibt und ob man es öffnen darf.</translation>
    </message>
    <message>
      <source>{place} cannot be opened to work on, because nothing can be written to its folder {folder}. Ask for the right to write there, or copy the file to a folder of your own and open the copy.</source>
      <translation>{place} lässt sich nicht zum Arbeiten öffnen, weil in den Ordner {folder} nicht geschrieben werden kann. Lassen Sie sich das Schreibrecht dort geben, oder kopieren Sie die Datei in einen eigenen Ordner und öffnen Sie die Kopie.</translation>
    </message>
    <message>
      <source>{place} cannot be written to: the file, its folder or the server only allows reading. Nothing was saved. Ask for the right to write there, or work on a copy.</source>
      <translation>In {place} kann nicht geschrieben werden: Datei, Ordner oder Server erlaubt nur das Lesen. Nichts wurde gespeichert. Um das Schreibrecht bitten oder mit einer Kopie arbeiten.</translation>
    </message>
    <message>
      <source>{place} does not accept this user and password. Check both in the database's address.</source>
      <translation>{place} nimmt Benutzer und Kennwort nicht an. Beides in der Adresse der Datenbank prüfen.</translation>
    </message>
    <message>
      <source>{place} does not let you do this ({detail}). Ask the keeper of the server for the right.</source>
      <translation>{place} erlaubt das nicht ({detail}). Die Verwaltung des Servers um das Recht bitten.</translation>
    </message>
    <message>
      <source>{place} has to be brought up to date, and the copy that is made before cannot be written to {folder} ({detail}). Nothing in it was changed. Make room there and start again.</source>
      <translation>{place} muss auf den neuen Stand gebracht werden, doch die Kopie, die zuvor gemacht wird, kann nicht nach {folder} geschrieben werden ({detail}). Nichts darin wurde geändert. Dort Platz schaffen und neu starten.</translation>
    </message>
    <message>
      <source>{place} is damaged, or is no database at all ({detail}). Leave it as it is and restore the latest backup.</source>
      <translation>{place} ist beschädigt oder gar keine Datenbank ({detail}). So lassen und die letzte Sicherung zurückspielen.</translation>
    </message>
    <message>
      <source>{place} is in use: another program kept it locked for too long. Nothing was saved. Wait a moment and try again.</source>
      <translation>{place} ist in Gebrauch: Ein anderes Programm hielt sie zu lange gesperrt. Nichts wurde gespeichert. Kurz warten und noch einmal versuchen.</translation>
    </message>
    <message>
      <source>{place} is not there. Choose the file of a company.</source>
      <translation>{place} gibt es nicht. Wählen Sie die Datei eines Betriebs.</translation>
    </message>
    <message>
      <source>{place} is there already. Choose another name, or open that company.</source>
      <translation>{place} gibt es schon. Wählen Sie einen anderen Namen, oder öffnen Sie diesen Betrieb.</translation>
    </message>
    <message>
      <source>{place} keeps text as {encoding}, which has not all letters. Make a database that keeps it as UTF8: CREATE DATABASE stockroom ENCODING 'UTF8' TEMPLATE template0.</source>
      <translation>{place} speichert Text als {encoding}, das nicht alle Buchstaben hat. Eine Datenbank mit UTF8 anlegen: CREATE DATABASE stockroom ENCODING 'UTF8' TEMPLATE template0.</translation>
    </message>
    <message>
      <source>{place} lies on a network drive ({detail}). Two PCs writing to a file there would destroy it: locks do not hold across the network. Keep the database in a folder of this PC and only its backups on the share; if several PCs are to use it, put it on a PostgreSQL server.</source>
      <translation>{place} liegt auf einem Netzlaufwerk ({detail}). Zwei PCs, die dort schreiben, würden sie zerstören: Sperren halten nicht über das Netz. Die Datenbank in einem Ordner dieses PCs halten und nur Sicherungen auf der Freigabe; für mehrere PCs einen PostgreSQL-Server benutzen.</translation>
    </message>
    <message>
      <source>{place} lies where nothing can be written: it can be looked at, but not changed. Copy it to a folder of this PC to work on it.</source>
      <translation>{place} liegt, wo nichts geschrieben werden kann: Ansehen geht, Ändern nicht. Kopieren Sie die Datei in einen Ordner dieses PCs, um damit zu arbeiten.</translation>
    </message>
    <message>
      <source>{place} was made by a newer version of Stockroom (schema {found}, this program knows {known}). Install the newer version on this PC too.</source>
      <translation>{place} stammt von einer neueren Version von Stockroom (Schema {found}, dieses Programm kennt {known}). Die neuere Version auch auf diesem PC einrichten.</translation>
    </message>
    <message>
      <source>{place} was made by a newer version of Stockroom (schema {found}, this program knows {known}): it can be looked at here, but not changed. Install the newer version on this PC too.</source>
      <translation>{place} stammt von einer neueren Version von Stockroom (Schema {found}, dieses Programm kennt {known}): Hier lässt sie sich ansehen, aber nicht ändern. Installieren Sie die neuere Version auch auf diesem PC.</translation>
    </message>
    <message>
      <source>{place} was made by a newer version of Stockroom, and this program cannot find the answer in it. Install the newer version on this PC too.</source>
      <translation>{place} stammt von einer neueren Version von Stockroom, und dieses Programm findet die Antwort darin nicht. Installieren Sie die neuere Version auch auf diesem PC.</translation>
    </message>
    <message>
      <source>{printer} prints labels from a roll, but {stock} is a sheet. Choose a roll, or a printer for sheets.</source>
      <translation>{printer} druckt Etiketten von der Rolle, aber {stock} ist ein Bogen. Eine Rolle oder einen Bogendrucker wählen.</translation>
    </message>
    <message>
      <source>{product} has no bill of materials: say what it is made of, or give it one first.</source>
      <translation>{product} hat keine Stückliste: Geben Sie an, woraus es besteht, oder legen Sie zuerst eine an.</translation>
    </message>
    <message>
      <source>{quantity} {unit} of {item} at {location} are no longer promised to {order}.</source>
      <translation>{quantity} {unit} von {item} an {location} sind {order} nicht mehr zugesagt.</translation>
    </message>
    <message>
      <source>{quantity} {unit} of {item} does not come out in {base}.</source>
      <translation>{quantity} {unit} {item} geht in {base} nicht auf.</translation>
    </message>
    <message>
      <source>{rows} rows do not fit onto a sheet of Excel, which holds 1,048,575. Save them as CSV.</source>
      <translation>{rows} Zeilen passen nicht auf ein Excel-Blatt mit 1.048.575. Als CSV speichern.</translation>
    </message>
    <message>
      <source>{stock} has {cells} labels on a sheet: none of them is number {cell}.</source>
      <translation>{stock} hat {cells} Etiketten je Bogen: Nummer {cell} gibt es nicht.</translation>
    </message>
    <message>
      <source>{tab}: {problem}</source>
      <translation>{tab}: {problem}</translation>
    </message>
    <message>
      <source>{until} is closed already: everything up to {closed} is.</source>
      <translation>{until} ist schon geschlossen: Alles bis {closed} ist es.</translation>
    </message>
    <message>
      <source>{until} is not closed. The last closed day is {closed}.</source>
      <translation>{until} ist nicht geschlossen. Der letzte geschlossene Tag ist {closed}.</translation>
    </message>
    <message>
      <source>{until} is not over yet: only days before today can be closed.</source>
      <translation>{until} ist noch nicht vorbei: Nur Tage vor heute können geschlossen werden.</translation>
    </message>
    <message>
      <source>“{address}” is no place for updates. Name a folder, or an address that begins with https:// and holds no password: over http:// anybody on the way could put another program in its place.</source>
      <translation>„{address}“ ist kein Ort für Updates. Geben Sie einen Ordner an oder eine Adresse, die mit https:// beginnt und kein Kennwort enthält: Über http:// könnte jeder unterwegs ein anderes Programm an die Stelle setzen.</translation>
    </message>
    <message>
      <source>“{code}” is the SKU of another item.</source>
      <translation>„{code}“ ist die Nummer eines anderen Artikels.</translation>
    </message>
    <message>
      <source>“{code}” is the SKU of another row.</source>
      <translation>„{code}“ ist die Nummer einer anderen Zeile.</translation>
    </message>
    <message>
      <source>“{content}” cannot be printed as {symbology}: {reason}</source>
      <translation>„{content}“ kann nicht als {symbology} gedruckt werden: {reason}</translation>
    </message>
    <message>
      <source>“{found}” cannot be read as a code: {reason}</source>
      <translation>„{found}“ kann nicht als Code gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>“{found}” cannot be read as a number: {reason}</source>
      <translation>„{found}“ kann nicht als Zahl gelesen werden: {reason}</translation>
    </message>
    <message>
      <source>“{found}” copies cannot be printed. Type a whole number from 1 to 100,000, or take the label out of the queue.</source>
      <translation>„{found}“ Kopien können nicht gedruckt werden. Eine ganze Zahl von 1 bis 100.000 eingeben oder das Etikett aus der Warteschlange nehmen.</translation>
    </message>
    <message>
      <source>“{found}” could be {names}. Type it in full.</source>
      <translation>„{found}“ könnte {names} sein. Ganz eingeben.</translation>
    </message>
    <message>
      <source>“{found}” is an item of its own, but {known} lies here. Type the code in full.</source>
      <translation>„{found}“ ist ein eigener Artikel, aber hier liegt {known}. Den Code ganz eingeben.</translation>
    </message>
    <message>
      <source>“{found}” is not a date with a time. Type it as {example}, or as 14:02 for today.</source>
      <translation>„{found}“ ist kein Datum mit Uhrzeit. Als {example} eingeben, oder als 14:02 für heute.</translation>
    </message>
    <message>
      <source>“{found}” is not a date. Type it as {example} or as 2026-05-31.</source>
      <translation>„{found}“ ist kein Datum. Als {example} oder als 2026-05-31 eingeben.</translation>
    </message>
    <message>
      <source>“{found}” is not a quantity that can be used here: {reason}</source>
      <translation>„{found}“ ist hier keine brauchbare Menge: {reason}</translation>
    </message>
    <message>
      <source>“{found}” is not a time: write it as 2026-05-31T14:02:00+02:00.</source>
      <translation>„{found}“ ist keine Zeit: als 2026-05-31T14:02:00+02:00 schreiben.</translation>
    </message>
    <message>
      <source>“{found}” is not the address of a printer. Type its name or number in the network, such as 192.168.1.50 or labels.local:9100.</source>
      <translation>„{found}“ ist keine Druckeradresse. Name oder Nummer im Netz eingeben, etwa 192.168.1.50 oder labels.local:9100.</translation>
    </message>
    <message>
      <source>“{found}” is the code of a pack of {item}. Count single {unit} under its SKU.</source>
      <translation>„{found}“ ist der Code einer Packung von {item}. Einzelne {unit} unter der Artikelnummer zählen.</translation>
    </message>
    <message>
      <source>“{found}” names no database. Give a file, such as stock.db, or a server, such as postgresql://user:password@host/stockroom.</source>
      <translation>„{found}“ nennt keine Datenbank. Eine Datei angeben, etwa stock.db, oder einen Server, etwa postgresql://user:password@host/stockroom.</translation>
    </message>
    <message>
      <source>“{kind}” cannot be imported or exported. Choose one of: {known}.</source>
      <translation>„{kind}“ kann nicht eingelesen oder ausgegeben werden. Eines davon wählen: {known}.</translation>
    </message>
    <message>
      <source>“{lot}” cannot be a lot: it is too long, or has characters that do not print.</source>
      <translation>„{lot}“ kann keine Charge sein: Es ist zu lang oder hat nicht druckbare Zeichen.</translation>
    </message>
  </context>
  <context>
    <name>formats</name>
    <message>
      <source>Today</source>
      <translation>Heute</translation>
    </message>
    <message>
      <source>Yesterday</source>
      <translation>Gestern</translation>
    </message>
  </context>
  <context>
    <name>meanings</name>
    <message>
      <source>command: cancel</source>
      <translation>Befehl: abbrechen</translation>
    </message>
    <message>
      <source>command: post</source>
      <translation>Befehl: buchen</translation>
    </message>
    <message>
      <source>command: print</source>
      <translation>Befehl: drucken</translation>
    </message>
    <message>
      <source>command: undo</source>
      <translation>Befehl: rückgängig</translation>
    </message>
    <message>
      <source>place {code}</source>
      <translation>Platz {code}</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>unbekannt</translation>
    </message>
    <message>
      <source>{item} lot {lot}</source>
      <translation>{item} Charge {lot}</translation>
    </message>
  </context>
  <context>
    <name>parts</name>
    <message>
      <source>Enter</source>
      <translation>Enter</translation>
    </message>
  </context>
  <context>
    <name>stock_lookup</name>
    <message>
      <source>1 item</source>
      <translation>1 Artikel</translation>
    </message>
    <message>
      <source>1 line</source>
      <translation>1 Zeile</translation>
    </message>
    <message>
      <source>1 line is no longer expected</source>
      <translation>1 Zeile wird nicht mehr erwartet</translation>
    </message>
    <message>
      <source>1 movement</source>
      <translation>1 Bewegung</translation>
    </message>
    <message>
      <source>1 place</source>
      <translation>1 Ort</translation>
    </message>
    <message>
      <source>About</source>
      <translation>Über</translation>
    </message>
    <message>
      <source>Adjustment</source>
      <translation>Anpassung</translation>
    </message>
    <message>
      <source>Allocated</source>
      <translation>Zugeteilt</translation>
    </message>
    <message>
      <source>Allocation</source>
      <translation>Zuteilung</translation>
    </message>
    <message>
      <source>Amount</source>
      <translation>Betrag</translation>
    </message>
    <message>
      <source>Available</source>
      <translation>Verfügbar</translation>
    </message>
    <message>
      <source>Belongs to</source>
      <translation>Gehört zu</translation>
    </message>
    <message>
      <source>Build</source>
      <translation>Fertigung</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Durch</translation>
    </message>
    <message>
      <source>Category</source>
      <translation>Kategorie</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>Änderung</translation>
    </message>
    <message>
      <source>Change of costing</source>
      <translation>Wechsel der Bewertung</translation>
    </message>
    <message>
      <source>Closed up to</source>
      <translation>Geschlossen bis</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Corrected because of</source>
      <translation>Berichtigt wegen</translation>
    </message>
    <message>
      <source>Count</source>
      <translation>Zählung</translation>
    </message>
    <message>
      <source>Count sheet</source>
      <translation>Zählliste</translation>
    </message>
    <message>
      <source>Customers</source>
      <translation>Kunden</translation>
    </message>
    <message>
      <source>Dock</source>
      <translation>Rampe</translation>
    </message>
    <message>
      <source>Document</source>
      <translation>Beleg</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Fällig</translation>
    </message>
    <message>
      <source>Entered</source>
      <translation>Erfasst</translation>
    </message>
    <message>
      <source>Entered late</source>
      <translation>Später erfasst</translation>
    </message>
    <message>
      <source>Expired</source>
      <translation>Abgelaufen</translation>
    </message>
    <message>
      <source>Expiry</source>
      <translation>Ablauf</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>From → to</source>
      <translation>Von → nach</translation>
    </message>
    <message>
      <source>Happened</source>
      <translation>Geschehen</translation>
    </message>
    <message>
      <source>In</source>
      <translation>In</translation>
    </message>
    <message>
      <source>In transit</source>
      <translation>Unterwegs</translation>
    </message>
    <message>
      <source>Issue</source>
      <translation>Ausgang</translation>
    </message>
    <message>
      <source>Item</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Items</source>
      <translation>Artikel</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>Landed cost</source>
      <translation>Bezugskosten</translation>
    </message>
    <message>
      <source>Line</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>Lines</source>
      <translation>Zeilen</translation>
    </message>
    <message>
      <source>Loss</source>
      <translation>Verlust</translation>
    </message>
    <message>
      <source>Lot</source>
      <translation>Charge</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Named by</source>
      <translation>Dazu gehört</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>On hand</source>
      <translation>Bestand</translation>
    </message>
    <message>
      <source>On hand after</source>
      <translation>Bestand danach</translation>
    </message>
    <message>
      <source>On order</source>
      <translation>Bestellt</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Offen</translation>
    </message>
    <message>
      <source>Open from</source>
      <translation>Offen ab</translation>
    </message>
    <message>
      <source>Opening stock</source>
      <translation>Anfangsbestand</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Auftrag</translation>
    </message>
    <message>
      <source>Ordered</source>
      <translation>Bestellt</translation>
    </message>
    <message>
      <source>Period closed</source>
      <translation>Zeitraum geschlossen</translation>
    </message>
    <message>
      <source>Period reopened</source>
      <translation>Zeitraum wieder geöffnet</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Ort</translation>
    </message>
    <message>
      <source>Production</source>
      <translation>Produktion</translation>
    </message>
    <message>
      <source>Purchase order</source>
      <translation>Bestellung</translation>
    </message>
    <message>
      <source>Quantity</source>
      <translation>Menge</translation>
    </message>
    <message>
      <source>Quarantine</source>
      <translation>Sperrlager</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>Receipt</source>
      <translation>Wareneingang</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>Release</source>
      <translation>Freigabe</translation>
    </message>
    <message>
      <source>Return from customer</source>
      <translation>Kundenrückgabe</translation>
    </message>
    <message>
      <source>Return to supplier</source>
      <translation>Rückgabe an Lieferanten</translation>
    </message>
    <message>
      <source>Revaluation</source>
      <translation>Neubewertung</translation>
    </message>
    <message>
      <source>Reversal</source>
      <translation>Storno</translation>
    </message>
    <message>
      <source>Sales order</source>
      <translation>Kundenauftrag</translation>
    </message>
    <message>
      <source>Site</source>
      <translation>Standort</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Stock lookup</source>
      <translation>Bestandssuche</translation>
    </message>
    <message>
      <source>Storage</source>
      <translation>Lager</translation>
    </message>
    <message>
      <source>Suppliers</source>
      <translation>Lieferanten</translation>
    </message>
    <message>
      <source>The first {count} lines; look for an item or a smaller place to see the rest</source>
      <translation>Die ersten {count} Zeilen; für den Rest einen Artikel oder kleineren Ort suchen</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Nach</translation>
    </message>
    <message>
      <source>Transfer</source>
      <translation>Umlagerung</translation>
    </message>
    <message>
      <source>Transfer received</source>
      <translation>Umlagerung empfangen</translation>
    </message>
    <message>
      <source>Transfer shipped</source>
      <translation>Umlagerung versandt</translation>
    </message>
    <message>
      <source>Unbuild</source>
      <translation>Zerlegung</translation>
    </message>
    <message>
      <source>Undoes</source>
      <translation>Nimmt zurück</translation>
    </message>
    <message>
      <source>Undone by</source>
      <translation>Zurückgenommen durch</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
    <message>
      <source>Unit cost</source>
      <translation>Stückkosten</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>With</source>
      <translation>Mit</translation>
    </message>
    <message>
      <source>corrected because of {number}</source>
      <translation>berichtigt wegen {number}</translation>
    </message>
    <message>
      <source>undone by {number}</source>
      <translation>zurückgenommen durch {number}</translation>
    </message>
    <message>
      <source>{count} items</source>
      <translation>{count} Artikel</translation>
    </message>
    <message>
      <source>{count} items, more below</source>
      <translation>{count} Artikel, unten mehr</translation>
    </message>
    <message>
      <source>{count} lines</source>
      <translation>{count} Zeilen</translation>
    </message>
    <message>
      <source>{count} lines are no longer expected</source>
      <translation>{count} Zeilen werden nicht mehr erwartet</translation>
    </message>
    <message>
      <source>{count} movements</source>
      <translation>{count} Bewegungen</translation>
    </message>
    <message>
      <source>{count} places</source>
      <translation>{count} Orte</translation>
    </message>
    <message>
      <source>{count}+ lines</source>
      <translation>{count}+ Zeilen</translation>
    </message>
    <message>
      <source>{lines} at {places}</source>
      <translation>{lines} an {places}</translation>
    </message>
    <message>
      <source>{number} is taken back: {lines}.</source>
      <translation>{number} wird zurückgenommen: {lines}.</translation>
    </message>
    <message>
      <source>{number} is undone as if it had never happened: what it changed changes back.</source>
      <translation>{number} wird rückgängig gemacht, als wäre es nie geschehen: Was sich dadurch änderte, ändert sich zurück.</translation>
    </message>
    <message>
      <source>{number} is undone as if it had never happened: {moves}, {moved}. Stock and value of everything in it change back.</source>
      <translation>{number} wird rückgängig gemacht, als wäre es nie geschehen: {moves}, {moved}. Bestand und Wert von allem darin werden wie zuvor.</translation>
    </message>
    <message>
      <source>{what} {quantity} on hand</source>
      <translation>{what} {quantity} Bestand</translation>
    </message>
  </context>
</TS>
