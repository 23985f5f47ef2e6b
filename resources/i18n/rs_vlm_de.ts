<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AskPanel</name>
        <message>
            <source>Add a raster layer to the project first.</source>
            <translation>Fügen Sie dem Projekt zuerst einen Rasterlayer hinzu.</translation>
        </message>
        <message>
            <source>Add a raster layer to the project to ask about it.</source>
            <translation>Fügen Sie dem Projekt einen Rasterlayer hinzu, um Fragen dazu zu stellen.</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>Fragen</translation>
        </message>
        <message>
            <source>Ask this about the region</source>
            <translation>Dies zur Region fragen</translation>
        </message>
        <message>
            <source>Ask this about the region (Return)</source>
            <translation>Dies zur Region fragen (Eingabetaste)</translation>
        </message>
        <message>
            <source>Begin anew; result layers stay in the project</source>
            <translation>Neu beginnen; Ergebnislayer bleiben im Projekt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>Choose a region and ask about it in English.
Where the model cannot tell, it says so.

Try one of these:</source>
            <translation>Wählen Sie eine Region und stellen Sie auf Englisch eine Frage dazu.
Wo das Modell es nicht sagen kann, sagt es das.

Zum Beispiel:</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Kopiert.</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy questions and answers as text</source>
            <translation>Fragen und Antworten als Text kopieren</translation>
        </message>
        <message>
            <source>Further questions are about the same region.</source>
            <translation>Weitere Fragen gelten derselben Region.</translation>
        </message>
        <message>
            <source>Progress of the answer</source>
            <translation>Fortschritt der Antwort</translation>
        </message>
        <message>
            <source>Questions and answers</source>
            <translation>Fragen und Antworten</translation>
        </message>
        <message>
            <source>RS-VLM answers: {layer}</source>
            <translation>RS-VLM-Antworten: {layer}</translation>
        </message>
        <message>
            <source>The question before is still being answered.</source>
            <translation>Die vorige Frage wird noch beantwortet.</translation>
        </message>
        <message>
            <source>The region stays the same wherever the map goes. Press to ask about what the map shows now.</source>
            <translation>Die Region bleibt dieselbe, wohin die Karte auch geht. Drücken, um nach dem zu fragen, was die Karte jetzt zeigt.</translation>
        </message>
        <message>
            <source>This answer has no place on the map.</source>
            <translation>Diese Antwort hat keinen Ort auf der Karte.</translation>
        </message>
        <message>
            <source>Use the view now</source>
            <translation>Jetzige Ansicht nehmen</translation>
        </message>
    </context>
    <context>
        <name>AskQuestion</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Evidence&lt;/b&gt;: polygons that the answer rests on, in the image's coordinate system. &lt;b&gt;Answer&lt;/b&gt;, &lt;b&gt;Confidence&lt;/b&gt; (0 to 1), &lt;b&gt;Abstained&lt;/b&gt; and &lt;b&gt;Reason&lt;/b&gt;: what is answered, how sure, whether it is withheld, and why.&lt;/p&gt;&lt;p&gt;A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Belege&lt;/b&gt;: Polygone, auf denen die Antwort beruht, im Koordinatensystem des Bildes. &lt;b&gt;Antwort&lt;/b&gt;, &lt;b&gt;Sicherheit&lt;/b&gt; (0 bis 1), &lt;b&gt;Enthaltung&lt;/b&gt; und &lt;b&gt;Grund&lt;/b&gt;: was geantwortet wird, wie sicher, ob es zurückgehalten wird und warum.&lt;/p&gt;&lt;p&gt;Ein Modell antwortet: Prüfen Sie, worauf es ankommt.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Answers a question about a part of an image: whether something is there, how many, which is more, where, how large or long, what the scene or land cover is, whether it is rural or urban. What the model cannot support is answered with &lt;i&gt;cannot tell&lt;/i&gt; and the reason.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Question&lt;/b&gt;: in English, like &lt;i&gt;how many planes are there?&lt;/i&gt;&lt;/p&gt;</source>
            <translation>&lt;p&gt;Beantwortet eine Frage zu einem Teil eines Bildes: ob etwas da ist, wie viele, wovon mehr, wo, wie groß oder lang, was die Szene oder Landbedeckung ist, ob ländlich oder städtisch. Was das Modell nicht stützen kann, beantwortet es mit &lt;i&gt;cannot tell&lt;/i&gt; und dem Grund.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Frage&lt;/b&gt;: auf Englisch, etwa &lt;i&gt;how many planes are there?&lt;/i&gt;&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Abstained</source>
            <translation>Enthaltung</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Answers a question about a part of an image, with evidence.</source>
            <translation>Beantwortet eine Frage zu einem Teil eines Bildes, mit Belegen.</translation>
        </message>
        <message>
            <source>Ask a question</source>
            <translation>Eine Frage stellen</translation>
        </message>
        <message>
            <source>Cancelled before anything was seen.</source>
            <translation>Abgebrochen, bevor etwas gesehen wurde.</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Belege</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Grund</translation>
        </message>
    </context>
    <context>
        <name>AskTask</name>
        <message>
            <source>Ask about {layer}</source>
            <translation>Frage zu {layer}</translation>
        </message>
        <message>
            <source>Asking about {layer} stopped unexpectedly.</source>
            <translation>Die Frage zu {layer} wurde unerwartet beendet.</translation>
        </message>
        <message>
            <source>The project was closed while the question was being answered, so the answer ended early.</source>
            <translation>Das Projekt wurde geschlossen, während die Frage beantwortet wurde; die Antwort endete deshalb vorzeitig.</translation>
        </message>
        <message>
            <source>{layer} was removed while the question was being answered, so the answer ended early.</source>
            <translation>{layer} wurde entfernt, während die Frage beantwortet wurde; die Antwort endete deshalb vorzeitig.</translation>
        </message>
    </context>
    <context>
        <name>BackgroundTask</name>
        <message>
            <source>The log messages panel says more.</source>
            <translation>Das Bedienfeld Protokoll sagt mehr.</translation>
        </message>
        <message>
            <source>{task} (stopped)</source>
            <translation>{task} (angehalten)</translation>
        </message>
    </context>
    <context>
        <name>BuildDialog</name>
        <message>
            <source> tiles</source>
            <translation> Kacheln</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>&amp;Ordner</translation>
        </message>
        <message>
            <source>&amp;Keep in</source>
            <translation>&amp;Ablegen in</translation>
        </message>
        <message>
            <source>&amp;Layers</source>
            <translation>&amp;Layer</translation>
        </message>
        <message>
            <source>&amp;Up to</source>
            <translation>&amp;Höchstens</translation>
        </message>
        <message>
            <source>&amp;Web layers</source>
            <translation>&amp;Web-Layer</translation>
        </message>
        <message>
            <source>A STAC item, collection or catalogue, or a text file with the path or address of an image in each line.</source>
            <translation>Ein STAC-Item, eine Sammlung oder ein Katalog, oder eine Textdatei mit Pfad oder Adresse eines Bildes je Zeile.</translation>
        </message>
        <message>
            <source>Build index</source>
            <translation>Index aufbauen</translation>
        </message>
        <message>
            <source>Build search index</source>
            <translation>Suchindex aufbauen</translation>
        </message>
        <message>
            <source>Choose at least one image.</source>
            <translation>Wählen Sie mindestens ein Bild.</translation>
        </message>
        <message>
            <source>Drawn by a server: of it, the area that the map shows is indexed</source>
            <translation>Von einem Server gezeichnet: Davon wird die Fläche indiziert, die die Karte zeigt</translation>
        </message>
        <message>
            <source>Estimating size and time…</source>
            <translation>Größe und Dauer werden geschätzt…</translation>
        </message>
        <message>
            <source>Folder of images</source>
            <translation>Ordner mit Bildern</translation>
        </message>
        <message>
            <source>GeoPackage (*.gpkg)</source>
            <translation>GeoPackage (*.gpkg)</translation>
        </message>
        <message>
            <source>How closely layers drawn by a server are looked at, within the map's view</source>
            <translation>Wie genau Layer, die ein Server zeichnet, in der Kartenansicht angesehen werden</translation>
        </message>
        <message>
            <source>Index file</source>
            <translation>Indexdatei</translation>
        </message>
        <message>
            <source>L&amp;ist</source>
            <translation>L&amp;iste</translation>
        </message>
        <message>
            <source>Layers to index</source>
            <translation>Layer für den Index</translation>
        </message>
        <message>
            <source>List of images</source>
            <translation>Liste von Bildern</translation>
        </message>
        <message>
            <source>Look &amp;closer</source>
            <translation>&amp;Genauer hinsehen</translation>
        </message>
        <message>
            <source>Most tiles the model looks at in each image. Automatic: a quarter of those of all scales up to full resolution, where there is most detail; all of them in a small image.</source>
            <translation>So viele Kacheln sieht das Modell in jedem Bild höchstens an. Automatisch: ein Viertel derer aller Maßstäbe bis zur vollen Auflösung, dort, wo am meisten zu sehen ist; bei einem kleinen Bild alle.</translation>
        </message>
        <message>
            <source>Neither a file nor a web layer whose address may be kept: it holds a key. Use an authentication of QGIS for it instead.</source>
            <translation>Weder eine Datei noch ein Web-Layer, dessen Adresse behalten werden darf: Sie enthält einen Schlüssel. Verwenden Sie dafür stattdessen eine Authentifizierung von QGIS.</translation>
        </message>
        <message>
            <source>Only {free} are free there: choose another place.</source>
            <translation>Dort sind nur {free} frei: Wählen Sie einen anderen Platz.</translation>
        </message>
        <message>
            <source>STAC or text (*.json *.geojson *.txt *.lst)</source>
            <translation>STAC oder Text (*.json *.geojson *.txt *.lst)</translation>
        </message>
        <message>
            <source>Servers are asked for up to {count} pictures.</source>
            <translation>Server werden um bis zu {count} Bilder gebeten.</translation>
        </message>
        <message>
            <source>The map's view has no place on the layer {layer}.</source>
            <translation>Die Kartenansicht hat keinen Ort auf dem Layer {layer}.</translation>
        </message>
        <message>
            <source>The model looks once at the tiles of your images and keeps what it sees in one GeoPackage. After that, they can be searched by words at any time, offline.</source>
            <translation>Das Modell sieht einmal die Kacheln Ihrer Bilder an und hält, was es sieht, in einem GeoPackage fest. Danach lassen sie sich jederzeit mit Worten durchsuchen, auch ohne Netz.</translation>
        </message>
        <message>
            <source>The project has no raster layer: choose a folder.</source>
            <translation>Das Projekt hat keinen Rasterlayer: Wählen Sie einen Ordner.</translation>
        </message>
        <message>
            <source>Zoom to the part of it that is to be indexed.</source>
            <translation>Zoomen Sie auf den Teil davon, der indiziert werden soll.</translation>
        </message>
        <message>
            <source>as the map shows them</source>
            <translation>so, wie die Karte sie zeigt</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>automatisch</translation>
        </message>
        <message>
            <source>none; else every image in it and below</source>
            <translation>keiner; sonst jedes Bild darin und darunter</translation>
        </message>
        <message>
            <source>none; else the images of a STAC or text file</source>
            <translation>keine; sonst die Bilder einer STAC- oder Textdatei</translation>
        </message>
        <message>
            <source>{images} cannot be opened and will be left out.</source>
            <translation>{images} lassen sich nicht öffnen und bleiben weg.</translation>
        </message>
        <message>
            <source>{images}, at most {tiles}: about {time} and {size}.</source>
            <translation>{images}, höchstens {tiles}: etwa {time} und {size}.</translation>
        </message>
        <message>
            <source>{layer}, the area chosen before</source>
            <translation>{layer}, die früher gewählte Fläche</translation>
        </message>
        <message>
            <source>{layer}, what the map shows</source>
            <translation>{layer}, was die Karte zeigt</translation>
        </message>
        <message>
            <source>{times} times closer than the map</source>
            <translation>{times}-mal näher als die Karte</translation>
        </message>
    </context>
    <context>
        <name>BuildIndex</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Index&lt;/b&gt;: the GeoPackage. One that is there is continued: images that have not changed cost nothing. &lt;b&gt;Tiles looked at&lt;/b&gt; and &lt;b&gt;Images in the index&lt;/b&gt;: how many.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was looked at by then; run it again to go on.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Index&lt;/b&gt;: das GeoPackage. Ein vorhandenes wird fortgesetzt: Bilder, die sich nicht geändert haben, kosten nichts. &lt;b&gt;Angesehene Kacheln&lt;/b&gt; und &lt;b&gt;Bilder im Index&lt;/b&gt;: wie viele.&lt;/p&gt;&lt;p&gt;Abbrechen behält, was bis dahin angesehen wurde; ein neuer Lauf setzt es fort.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;A vision-language model looks at the tiles of rasters, coarse to fine, and keeps what it sees of each as numbers in one GeoPackage, which QGIS opens as a layer of footprints. &lt;i&gt;Search by text&lt;/i&gt; then finds places by words.&lt;/p&gt;&lt;p&gt;The model runs on this computer; nothing is uploaded.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Images&lt;/b&gt;: raster layers, in any coordinate systems.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Folder of images&lt;/b&gt;: every raster in it and in the folders below.&lt;/p&gt;&lt;p&gt;&lt;b&gt;List of images&lt;/b&gt;: a STAC item, collection or catalogue (.json), or a text file with the path or address of an image in each line.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Area of web layers&lt;/b&gt; and &lt;b&gt;Resolution for web layers&lt;/b&gt; (map units per pixel): what to take of layers that a server draws; empty takes all of such a layer, 4096 pixels wide. Servers are asked for 10,000 pictures at most, and for 20 a second.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Where to look closer&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; looks closer where there is most to see, &lt;i&gt;fixed&lt;/i&gt; at all places alike, &lt;i&gt;random&lt;/i&gt; anywhere.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Budget (tiles per image)&lt;/b&gt;: most tiles the model looks at; empty takes a quarter of those of all scales up to full resolution.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Ein Bild-Sprach-Modell sieht die Kacheln von Rastern an, vom Groben zum Feinen, und hält, was es in jeder sieht, als Zahlen in einem GeoPackage fest, das QGIS als Layer von Umrissen öffnet. &lt;i&gt;Suche mit Text&lt;/i&gt; findet danach Orte mit Worten.&lt;/p&gt;&lt;p&gt;Das Modell läuft auf diesem Rechner; nichts wird hochgeladen.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bilder&lt;/b&gt;: Rasterlayer in beliebigen Koordinatensystemen.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ordner mit Bildern&lt;/b&gt;: jedes Raster darin und in den Ordnern darunter.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Liste von Bildern&lt;/b&gt;: ein STAC-Item, eine Sammlung oder ein Katalog (.json), oder eine Textdatei mit Pfad oder Adresse eines Bildes je Zeile.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Fläche der Web-Layer&lt;/b&gt; und &lt;b&gt;Auflösung für Web-Layer&lt;/b&gt; (Karteneinheiten je Pixel): was von Layern zu nehmen ist, die ein Server zeichnet; leer alles eines solchen Layers, 4096 Pixel breit. Server werden um höchstens 10.000 Bilder gebeten, und um 20 je Sekunde.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Wo genauer hinsehen&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; sieht dort genauer hin, wo am meisten zu sehen ist, &lt;i&gt;fixed&lt;/i&gt; überall gleich, &lt;i&gt;random&lt;/i&gt; irgendwo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Budget (Kacheln je Bild)&lt;/b&gt;: So viele Kacheln sieht das Modell höchstens an; leer ein Viertel derer aller Maßstäbe bis zur vollen Auflösung.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Area of web layers</source>
            <translation>Fläche der Web-Layer</translation>
        </message>
        <message>
            <source>At most {tiles} tiles, some {seconds} s and {size} MB.</source>
            <translation>Höchstens {tiles} Kacheln, etwa {seconds} s und {size} MB.</translation>
        </message>
        <message>
            <source>Budget (tiles per image)</source>
            <translation>Budget (Kacheln je Bild)</translation>
        </message>
        <message>
            <source>Build search index</source>
            <translation>Suchindex aufbauen</translation>
        </message>
        <message>
            <source>Cancelled. Run it again to go on from here.</source>
            <translation>Abgebrochen. Ein neuer Lauf setzt hier fort.</translation>
        </message>
        <message>
            <source>Choose images, a folder of them, or a list of them.</source>
            <translation>Wählen Sie Bilder, einen Ordner damit oder eine Liste davon.</translation>
        </message>
        <message>
            <source>Folder of images</source>
            <translation>Ordner mit Bildern</translation>
        </message>
        <message>
            <source>GeoPackage (*.gpkg)</source>
            <translation>GeoPackage (*.gpkg)</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Images in the index</source>
            <translation>Bilder im Index</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>Index</translation>
        </message>
        <message>
            <source>List of images</source>
            <translation>Liste von Bildern</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Looks at rasters once, so that they can be searched by words ever after.</source>
            <translation>Sieht Raster einmal an, damit sie danach jederzeit mit Worten durchsucht werden können.</translation>
        </message>
        <message>
            <source>None of the images could be read, so no index was made.</source>
            <translation>Keines der Bilder konnte gelesen werden, daher wurde kein Index gemacht.</translation>
        </message>
        <message>
            <source>Resolution for web layers</source>
            <translation>Auflösung für Web-Layer</translation>
        </message>
        <message>
            <source>STAC or text (*.json *.geojson *.txt *.lst)</source>
            <translation>STAC oder Text (*.json *.geojson *.txt *.lst)</translation>
        </message>
        <message>
            <source>Tiles looked at</source>
            <translation>Angesehene Kacheln</translation>
        </message>
        <message>
            <source>Where to look closer</source>
            <translation>Wo genauer hinsehen</translation>
        </message>
        <message>
            <source>{raster}: {what}, {now} tiles now, {before} before</source>
            <translation>{raster}: {what}, jetzt {now} Kacheln, zuvor {before}</translation>
        </message>
    </context>
    <context>
        <name>BusyBar</name>
        <message>
            <source>Starting…</source>
            <translation>Beginnt…</translation>
        </message>
        <message>
            <source>Stop, and keep what has been found so far (Esc)</source>
            <translation>Anhalten und behalten, was bis jetzt gefunden wurde (Esc)</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Hält an…</translation>
        </message>
    </context>
    <context>
        <name>ClassifyRegion</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Scores&lt;/b&gt;: a table of labels, best first. &lt;b&gt;Label&lt;/b&gt; and &lt;b&gt;Score&lt;/b&gt;: the best one.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Bewertungen&lt;/b&gt;: eine Tabelle der Bezeichnungen, beste zuerst. &lt;b&gt;Bezeichnung&lt;/b&gt; und &lt;b&gt;Bewertung&lt;/b&gt;: die beste.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Compares a part of an image with labels of your own. Scores add up to 1: they compare the labels with each other and say nothing of what is missing from the list.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Labels&lt;/b&gt;: in English, one a line or separated by commas, like &lt;i&gt;forest, farmland, city&lt;/i&gt;.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Vergleicht einen Teil eines Bildes mit eigenen Bezeichnungen. Die Bewertungen ergeben zusammen 1: Sie vergleichen die Bezeichnungen miteinander und sagen nichts über das, was in der Liste fehlt.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bezeichnungen&lt;/b&gt;: auf Englisch, eine je Zeile oder durch Kommas getrennt, etwa &lt;i&gt;forest, farmland, city&lt;/i&gt;.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was seen.</source>
            <translation>Abgebrochen, bevor etwas gesehen wurde.</translation>
        </message>
        <message>
            <source>Classify region</source>
            <translation>Region klassifizieren</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Bezeichnung</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Bezeichnungen</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Says which of your own labels fits a part of an image best.</source>
            <translation>Sagt, welche Ihrer eigenen Bezeichnungen am besten auf einen Teil eines Bildes passt.</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Bewertung</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>Bewertungen</translation>
        </message>
    </context>
    <context>
        <name>CompareImages</name>
        <message>
            <source>&lt;p&gt;Looks at the same places in two images, says what each shows, and outlines where they differ and which objects were gained or lost.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Image&lt;/b&gt; is the one before; &lt;b&gt;Image after&lt;/b&gt; may have another coordinate system, resolution and extent: what both cover is compared, at the coarser resolution. Light, haze and the like are evened out and count as no change.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Least change&lt;/b&gt;: leaves out what changed less, 0 to 1. 0 is as alike as one place seen twice, 1 as unlike as two places of the region.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Sieht dieselben Orte in zwei Bildern an, sagt, was jedes zeigt, und umreißt, wo sie sich unterscheiden und welche Objekte hinzukamen oder verschwanden.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bild&lt;/b&gt; ist das frühere; &lt;b&gt;Bild danach&lt;/b&gt; darf Koordinatensystem, Auflösung und Ausdehnung anders haben: Verglichen wird, was beide abdecken, in der gröberen Auflösung. Licht, Dunst und dergleichen werden ausgeglichen und zählen nicht als Änderung.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mindeständerung&lt;/b&gt;: lässt weg, was sich weniger geändert hat, 0 bis 1. 0 ist so gleich wie ein Ort, zweimal gesehen, 1 so verschieden wie zwei Orte der Region.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;The budget is that of both images together, 3 tiles at least.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Changes&lt;/b&gt;: one polygon for each window that changed, in the coordinate system of the image before, with change, what it showed and shows, and what was gained and lost. &lt;b&gt;Summary&lt;/b&gt;: the same in a few sentences. &lt;b&gt;Changed windows&lt;/b&gt;: how many.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was found by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Das Budget gilt für beide Bilder zusammen, mindestens 3 Kacheln.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Änderungen&lt;/b&gt;: ein Polygon für jedes Fenster, das sich geändert hat, im Koordinatensystem des früheren Bildes, mit Änderung, was es zeigte und zeigt, und was hinzukam und verschwand. &lt;b&gt;Zusammenfassung&lt;/b&gt;: dasselbe in einigen Sätzen. &lt;b&gt;Geänderte Fenster&lt;/b&gt;: wie viele.&lt;/p&gt;&lt;p&gt;Abbrechen behält, was bis dahin gefunden wurde. Ein Modell antwortet: Prüfen Sie, worauf es ankommt.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was compared.</source>
            <translation>Abgebrochen, bevor etwas verglichen wurde.</translation>
        </message>
        <message>
            <source>Changed windows</source>
            <translation>Geänderte Fenster</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>Änderungen</translation>
        </message>
        <message>
            <source>Compare two images</source>
            <translation>Zwei Bilder vergleichen</translation>
        </message>
        <message>
            <source>Image after</source>
            <translation>Bild danach</translation>
        </message>
        <message>
            <source>Least change</source>
            <translation>Mindeständerung</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Outlines what changed between two images of a place, and says what.</source>
            <translation>Umreißt, was sich zwischen zwei Bildern eines Ortes geändert hat, und sagt, was.</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Zusammenfassung</translation>
        </message>
    </context>
    <context>
        <name>ComparePanel</name>
        <message>
            <source>Add a raster layer to the project to compare it with another.</source>
            <translation>Fügen Sie dem Projekt einen Rasterlayer hinzu, um ihn mit einem anderen zu vergleichen.</translation>
        </message>
        <message>
            <source>Add a second raster layer of the same place, from another day or sensor, to compare it with.</source>
            <translation>Fügen Sie zum Vergleichen einen zweiten Rasterlayer desselben Ortes hinzu, von einem anderen Tag oder Sensor.</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Danach</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>Choose a region and a second image of it.

What each shows, what was gained and lost, and where, appears here and as a layer.</source>
            <translation>Wählen Sie eine Region und ein zweites Bild davon.

Was jedes zeigt, was hinzukam und verschwand, und wo, erscheint hier und als Layer.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Layer</translation>
        </message>
        <message>
            <source>Progress of the comparison</source>
            <translation>Fortschritt des Vergleichs</translation>
        </message>
        <message>
            <source>RS-VLM compare: {before} and {after}</source>
            <translation>RS-VLM-Vergleich: {before} und {after}</translation>
        </message>
        <message>
            <source>Raster layer to compare with</source>
            <translation>Rasterlayer, mit dem verglichen wird</translation>
        </message>
        <message>
            <source>Say what changed between the two images of the region ({shortcut})</source>
            <translation>Sagen, was sich zwischen den beiden Bildern der Region geändert hat ({shortcut})</translation>
        </message>
        <message>
            <source>Show the change layer and zoom to what changed</source>
            <translation>Den Änderungslayer zeigen und auf das Geänderte zoomen</translation>
        </message>
        <message>
            <source>Stopped early: only part of the region was compared.</source>
            <translation>Vorzeitig beendet: Nur ein Teil der Region wurde verglichen.</translation>
        </message>
        <message>
            <source>Swap</source>
            <translation>Tauschen</translation>
        </message>
        <message>
            <source>Swap the images before and after</source>
            <translation>Die Bilder davor und danach vertauschen</translation>
        </message>
        <message>
            <source>The later image; coordinate systems may differ</source>
            <translation>Das spätere Bild; die Koordinatensysteme dürfen verschieden sein</translation>
        </message>
        <message>
            <source>This place cannot be shown on the map.</source>
            <translation>Dieser Ort lässt sich nicht auf der Karte zeigen.</translation>
        </message>
    </context>
    <context>
        <name>CompareTask</name>
        <message>
            <source>Compare {layer} with {after}</source>
            <translation>{layer} mit {after} vergleichen</translation>
        </message>
        <message>
            <source>Comparing {layer} stopped unexpectedly.</source>
            <translation>Das Vergleichen von {layer} wurde unerwartet beendet.</translation>
        </message>
        <message>
            <source>The project was closed while images were being compared, so the comparison ended early.</source>
            <translation>Das Projekt wurde geschlossen, während Bilder verglichen wurden; der Vergleich endete deshalb vorzeitig.</translation>
        </message>
        <message>
            <source>{layer} was removed while it was being compared, so the comparison ended early.</source>
            <translation>{layer} wurde entfernt, während es verglichen wurde; der Vergleich endete deshalb vorzeitig.</translation>
        </message>
    </context>
    <context>
        <name>ComparisonHtml</name>
        <message>
            <source>After</source>
            <translation>Danach</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Davor</translation>
        </message>
        <message>
            <source>Gained</source>
            <translation>Hinzugekommen</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Verschwunden</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>{count} more are in the layer.</source>
            <translation>{count} weitere stehen im Layer.</translation>
        </message>
    </context>
    <context>
        <name>ConceptBar</name>
        <message>
            <source>Concept (*.json)</source>
            <translation>Konzept (*.json)</translation>
        </message>
        <message>
            <source>Concepts</source>
            <translation>Konzepte</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map around something to find more of</source>
            <translation>Ziehen Sie auf der Karte ein Rechteck um etwas auf, von dem mehr gefunden werden soll</translation>
        </message>
        <message>
            <source>Example</source>
            <translation>Beispiel</translation>
        </message>
        <message>
            <source>Export concept</source>
            <translation>Konzept exportieren</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Forget all examples</source>
            <translation>Alle Beispiele vergessen</translation>
        </message>
        <message>
            <source>Import concept</source>
            <translation>Konzept importieren</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importieren…</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep the concept under this name</source>
            <translation>Das Konzept unter diesem Namen behalten</translation>
        </message>
        <message>
            <source>Name of the concept</source>
            <translation>Name des Konzepts</translation>
        </message>
        <message>
            <source>None kept yet: like some results, then name what they show</source>
            <translation>Noch keines behalten: Markieren Sie einige Ergebnisse als erwünscht und benennen Sie dann, was sie zeigen</translation>
        </message>
        <message>
            <source>Search by a concept learnt from examples</source>
            <translation>Nach einem aus Beispielen gelernten Konzept suchen</translation>
        </message>
        <message>
            <source>name this concept</source>
            <translation>Name für dieses Konzept</translation>
        </message>
        <message>
            <source>{likes} liked, {unlikes} not</source>
            <translation>{likes} erwünscht, {unlikes} nicht</translation>
        </message>
        <message>
            <source>“{name}”</source>
            <translation>„{name}“</translation>
        </message>
    </context>
    <context>
        <name>Conversation</name>
        <message>
            <source>Stopped early: only part of the region was looked at.</source>
            <translation>Vorzeitig beendet: Nur ein Teil der Region wurde angesehen.</translation>
        </message>
        <message>
            <source>confidence {percent} %</source>
            <translation>Sicherheit {percent} %</translation>
        </message>
        <message>
            <source>show on the map</source>
            <translation>auf der Karte zeigen</translation>
        </message>
        <message>
            <source>show {count} places</source>
            <translation>{count} Orte zeigen</translation>
        </message>
    </context>
    <context>
        <name>Counted</name>
        <message numerus="yes">
            <source>%Ln images</source>
            <translation>
                <numerusform>%Ln Bild</numerusform>
                <numerusform>%Ln Bilder</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln places</source>
            <translation>
                <numerusform>%Ln Ort</numerusform>
                <numerusform>%Ln Orte</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln tiles</source>
            <translation>
                <numerusform>%Ln Kachel</numerusform>
                <numerusform>%Ln Kacheln</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DependencyDialog</name>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Done: RS-VLM is ready.</source>
            <translation>Fertig: RS-VLM ist bereit.</translation>
        </message>
        <message>
            <source>Install</source>
            <translation>Installieren</translation>
        </message>
        <message>
            <source>Install what RS-VLM needs</source>
            <translation>Installieren, was RS-VLM braucht</translation>
        </message>
        <message>
            <source>Installing…</source>
            <translation>Wird installiert…</translation>
        </message>
        <message>
            <source>Output of pip</source>
            <translation>Ausgabe von pip</translation>
        </message>
        <message>
            <source>Python could not be started: {why}</source>
            <translation>Python konnte nicht gestartet werden: {why}</translation>
        </message>
        <message>
            <source>RS-VLM needs {packages}. They go into a folder of their own in your profile and change nothing else in QGIS:
{folder}</source>
            <translation>RS-VLM braucht {packages}. Sie kommen in einen eigenen Ordner Ihres Profils und ändern sonst nichts an QGIS:
{folder}</translation>
        </message>
        <message>
            <source>The Python program that belongs to QGIS was not found.</source>
            <translation>Das Python-Programm, das zu QGIS gehört, wurde nicht gefunden.</translation>
        </message>
        <message>
            <source>This Python has no pip: install the system package python3-pip.</source>
            <translation>Dieses Python hat kein pip: Installieren Sie das Systempaket python3-pip.</translation>
        </message>
        <message>
            <source>Trying them…</source>
            <translation>Wird ausprobiert…</translation>
        </message>
        <message>
            <source>Without a network: &amp;folder with the wheel files (optional)</source>
            <translation>Ohne Netz: &amp;Ordner mit den Wheel-Dateien (optional)</translation>
        </message>
        <message>
            <source>pip could not install the packages; its output says why.</source>
            <translation>pip konnte die Pakete nicht installieren; seine Ausgabe sagt, warum.</translation>
        </message>
    </context>
    <context>
        <name>DescribeDock</name>
        <message>
            <source>Add a raster layer to the project first.</source>
            <translation>Fügen Sie dem Projekt zuerst einen Rasterlayer hinzu.</translation>
        </message>
        <message>
            <source>Add a raster layer to the project to have it described.</source>
            <translation>Fügen Sie dem Projekt einen Rasterlayer hinzu, um ihn beschreiben zu lassen.</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>Fragen</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>Cancelled. What had been found by then is kept.</source>
            <translation>Abgebrochen. Was bis dahin gefunden war, ist behalten.</translation>
        </message>
        <message>
            <source>Choose a region and press Describe region.

The answer appears here, with phrases that point at the map.</source>
            <translation>Wählen Sie eine Region und drücken Sie „Region beschreiben“.

Hier erscheint die Antwort, mit Wörtern, die auf die Karte zeigen.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Describe</source>
            <translation>Beschreiben</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Finden</translation>
        </message>
        <message>
            <source>Save report</source>
            <translation>Bericht speichern</translation>
        </message>
        <message>
            <source>Saved as {path}.</source>
            <translation>Gespeichert als {path}.</translation>
        </message>
        <message>
            <source>Saved with this project on {when}.</source>
            <translation>Am {when} mit diesem Projekt gespeichert.</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>This phrase has no place on the map.</source>
            <translation>Diese Wörter haben keinen Ort auf der Karte.</translation>
        </message>
        <message>
            <source>Web page (*.html)</source>
            <translation>Webseite (*.html)</translation>
        </message>
    </context>
    <context>
        <name>DescribeFeatures</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Described features&lt;/b&gt;: the polygons with their attributes and &lt;i&gt;rsvlm_text&lt;/i&gt; (the sentence), &lt;i&gt;rsvlm_confidence&lt;/i&gt; (how sure the model is, 0 to 1), &lt;i&gt;rsvlm_objects&lt;/i&gt; (names with the number of places) and &lt;i&gt;rsvlm_note&lt;/i&gt; (why there is no answer, or what limits it).&lt;/p&gt;&lt;p&gt;Cancelling keeps the features done by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Beschriebene Objekte&lt;/b&gt;: die Polygone mit ihren Attributen und &lt;i&gt;rsvlm_text&lt;/i&gt; (der Satz), &lt;i&gt;rsvlm_confidence&lt;/i&gt; (wie sicher das Modell ist, 0 bis 1), &lt;i&gt;rsvlm_objects&lt;/i&gt; (Namen mit der Zahl der Orte) und &lt;i&gt;rsvlm_note&lt;/i&gt; (warum es keine Antwort gibt oder was sie einschränkt).&lt;/p&gt;&lt;p&gt;Abbrechen behält die bis dahin fertigen Objekte. Ein Modell antwortet: Prüfen Sie, worauf es ankommt.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Features&lt;/b&gt;: polygons in any coordinate system.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Objekte&lt;/b&gt;: Polygone in einem beliebigen Koordinatensystem.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;A vision-language model describes the image within each polygon, each on its own.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Ein Bild-Sprach-Modell beschreibt das Bild in jedem Polygon, jedes für sich.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Describe features</source>
            <translation>Objekte beschreiben</translation>
        </message>
        <message>
            <source>Described features</source>
            <translation>Beschriebene Objekte</translation>
        </message>
        <message>
            <source>Feature {id}: {reason}</source>
            <translation>Objekt {id}: {reason}</translation>
        </message>
        <message>
            <source>Features</source>
            <translation>Objekte</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Says in words what an image shows within each polygon of a layer.</source>
            <translation>Sagt mit Worten, was ein Bild in jedem Polygon eines Layers zeigt.</translation>
        </message>
    </context>
    <context>
        <name>DescribeOptions</name>
        <message>
            <source> tiles</source>
            <translation> Kacheln</translation>
        </message>
        <message>
            <source>&amp;Up to</source>
            <translation>&amp;Höchstens</translation>
        </message>
        <message>
            <source>Cuts the region into tiles of one size: the conventional way.</source>
            <translation>Zerlegt die Region in Kacheln einer Größe: der herkömmliche Weg.</translation>
        </message>
        <message>
            <source>How closely to look</source>
            <translation>Wie genau hingesehen wird</translation>
        </message>
        <message>
            <source>Loo&amp;k closer</source>
            <translation>&amp;Genauer hinsehen</translation>
        </message>
        <message>
            <source>Looks closer at random places: a yardstick for the others.</source>
            <translation>Sieht an zufälligen Orten genauer hin: ein Maßstab für die anderen.</translation>
        </message>
        <message>
            <source>Most tiles the model looks at, the overview included. More tiles see smaller things and take longer; 32 take a few seconds.</source>
            <translation>So viele Kacheln sieht das Modell höchstens an, die Übersicht eingeschlossen. Mehr Kacheln zeigen Kleineres und dauern länger; 32 dauern einige Sekunden.</translation>
        </message>
        <message>
            <source>Most tiles to look at</source>
            <translation>Höchstzahl der Kacheln</translation>
        </message>
        <message>
            <source>Reads the region coarsely, then looks closer where there is most detail.</source>
            <translation>Liest die Region grob und sieht dann dort genauer hin, wo am meisten zu sehen ist.</translation>
        </message>
        <message>
            <source>Reads the region coarsely, then looks closer wherever what is looked for may be and is still in doubt: it finds most with few tiles.</source>
            <translation>Liest die Region grob und sieht dann überall dort genauer hin, wo das Gesuchte sein kann und noch zweifelhaft ist: So findet man mit wenigen Kacheln am meisten.</translation>
        </message>
        <message>
            <source>Where to look closer</source>
            <translation>Wo genauer hinsehen</translation>
        </message>
        <message>
            <source>Where to look closer, and how many tiles to look at</source>
            <translation>Wo genauer hingesehen wird und wie viele Kacheln angesehen werden</translation>
        </message>
    </context>
    <context>
        <name>DescribeRegion</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Scene&lt;/b&gt;, &lt;b&gt;Regions&lt;/b&gt;, &lt;b&gt;Objects&lt;/b&gt;: layers in the image's coordinate system; the scene carries how it was made as JSON. &lt;b&gt;Report&lt;/b&gt;: a web page of it all. &lt;b&gt;Text&lt;/b&gt; and &lt;b&gt;Confidence&lt;/b&gt;: the scene sentence and how sure the model is, 0 to 1.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was found by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Szene&lt;/b&gt;, &lt;b&gt;Regionen&lt;/b&gt;, &lt;b&gt;Objekte&lt;/b&gt;: Layer im Koordinatensystem des Bildes; die Szene enthält als JSON, wie sie entstand. &lt;b&gt;Bericht&lt;/b&gt;: eine Webseite mit allem. &lt;b&gt;Text&lt;/b&gt; und &lt;b&gt;Sicherheit&lt;/b&gt;: der Satz zur Szene und wie sicher das Modell ist, 0 bis 1.&lt;/p&gt;&lt;p&gt;Abbrechen behält, was bis dahin gefunden wurde. Ein Modell antwortet: Prüfen Sie, worauf es ankommt.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;A vision-language model looks at the image, coarse to fine, and answers in words: a sentence for the scene, a line for each part of it, and the objects it names with the places it saw them.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Ein Bild-Sprach-Modell sieht das Bild an, vom Groben zum Feinen, und antwortet mit Worten: ein Satz für die Szene, eine Zeile für jeden Teil davon und die Objekte, die es nennt, mit den Orten, an denen es sie sah.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was found.</source>
            <translation>Abgebrochen, bevor etwas gefunden wurde.</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Describe region</source>
            <translation>Region beschreiben</translation>
        </message>
        <message>
            <source>HTML files (*.html)</source>
            <translation>HTML-Dateien (*.html)</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Objects</source>
            <translation>Objekte</translation>
        </message>
        <message>
            <source>Regions</source>
            <translation>Regionen</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Bericht</translation>
        </message>
        <message>
            <source>Says in words what a part of an image shows, and where.</source>
            <translation>Sagt mit Worten, was ein Teil eines Bildes zeigt, und wo.</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Szene</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
    </context>
    <context>
        <name>DescribeTask</name>
        <message>
            <source>Describe {layer}</source>
            <translation>{layer} beschreiben</translation>
        </message>
        <message>
            <source>Describing {layer} stopped unexpectedly.</source>
            <translation>Das Beschreiben von {layer} wurde unerwartet beendet.</translation>
        </message>
        <message>
            <source>Loading the model…</source>
            <translation>Das Modell wird geladen…</translation>
        </message>
        <message>
            <source>The project was closed while {layer} was being described, so the description ended early.</source>
            <translation>Das Projekt wurde geschlossen, während {layer} beschrieben wurde; die Beschreibung endete deshalb vorzeitig.</translation>
        </message>
        <message>
            <source>{layer} was removed while it was being described, so the description ended early.</source>
            <translation>{layer} wurde entfernt, während es beschrieben wurde; die Beschreibung endete deshalb vorzeitig.</translation>
        </message>
    </context>
    <context>
        <name>Engine</name>
        <message>
            <source>A concept needs a text or an example of what is wanted.</source>
            <translation>Ein Konzept braucht einen Text oder ein Beispiel für das Gesuchte.</translation>
        </message>
        <message>
            <source>A concept's name has 1 to {most} characters.</source>
            <translation>Der Name eines Konzepts hat 1 bis {most} Zeichen.</translation>
        </message>
        <message>
            <source>A list of rasters may also be a text file with a path in each line.</source>
            <translation>Eine Liste von Rastern darf auch eine Textdatei mit einem Pfad in jeder Zeile sein.</translation>
        </message>
        <message>
            <source>A phrase is missing or empty.</source>
            <translation>Ein Ausdruck fehlt oder ist leer.</translation>
        </message>
        <message>
            <source>A phrase is {length} characters long; at most {most} are read.</source>
            <translation>Ein Ausdruck ist {length} Zeichen lang; höchstens {most} werden gelesen.</translation>
        </message>
        <message>
            <source>A read needs at least one pixel.</source>
            <translation>Zu lesen ist mindestens ein Pixel.</translation>
        </message>
        <message>
            <source>A region's ring needs at least three corners and must be closed.</source>
            <translation>Ein Ring der Region braucht mindestens drei Ecken und muss geschlossen sein.</translation>
        </message>
        <message>
            <source>A resolution of {resolution} map units per pixel cannot be meant.</source>
            <translation>Eine Auflösung von {resolution} Karteneinheiten je Pixel kann nicht gemeint sein.</translation>
        </message>
        <message>
            <source>A smaller region or a larger budget is looked at more closely.</source>
            <translation>Eine kleinere Region oder ein größeres Budget wird genauer angesehen.</translation>
        </message>
        <message>
            <source>An asset needs the type of an image, such as image/tiff.</source>
            <translation>Ein Asset braucht den Typ eines Bildes, etwa image/tiff.</translation>
        </message>
        <message>
            <source>Ask in a sentence.</source>
            <translation>Fragen Sie in einem Satz.</translation>
        </message>
        <message>
            <source>At most {most} labels can be compared, not {count}.</source>
            <translation>Höchstens {most} Bezeichnungen lassen sich vergleichen, nicht {count}.</translation>
        </message>
        <message>
            <source>At most {most} phrases can be found at once, not {count}.</source>
            <translation>Höchstens {most} Ausdrücke lassen sich auf einmal finden, nicht {count}.</translation>
        </message>
        <message>
            <source>Band {band} of {layer} has a data type QGIS cannot read as an image.</source>
            <translation>Band {band} von {layer} hat einen Datentyp, den QGIS nicht als Bild lesen kann.</translation>
        </message>
        <message>
            <source>Build it again, or add it from where it is now.</source>
            <translation>Bauen Sie ihn neu auf oder fügen Sie ihn von dort hinzu, wo er jetzt ist.</translation>
        </message>
        <message>
            <source>Build one first.</source>
            <translation>Bauen Sie zuerst einen auf.</translation>
        </message>
        <message>
            <source>Build one in the Search tab of the panel.</source>
            <translation>Bauen Sie einen im Reiter Suchen des Bedienfelds auf.</translation>
        </message>
        <message>
            <source>Build the index anew; the rasters themselves are untouched.</source>
            <translation>Bauen Sie den Index neu auf; die Raster selbst sind unberührt.</translation>
        </message>
        <message>
            <source>Changed: {share} of the area, in {count} of 1 window.</source>
            <translation>Geändert: {share} der Fläche, in {count} von 1 Fenster.</translation>
        </message>
        <message>
            <source>Changed: {share} of the area, in {count} of {windows} windows.</source>
            <translation>Geändert: {share} der Fläche, in {count} von {windows} Fenstern.</translation>
        </message>
        <message>
            <source>Check the connection and the layer's address.</source>
            <translation>Prüfen Sie die Verbindung und die Adresse des Layers.</translation>
        </message>
        <message>
            <source>Check the path.</source>
            <translation>Prüfen Sie den Pfad.</translation>
        </message>
        <message>
            <source>Choose a .gpkg that was made as an index, or another name.</source>
            <translation>Wählen Sie ein .gpkg, das als Index entstanden ist, oder einen anderen Namen.</translation>
        </message>
        <message>
            <source>Choose a bundle folder or zip file.</source>
            <translation>Wählen Sie einen Modellordner oder eine Zip-Datei.</translation>
        </message>
        <message>
            <source>Choose a smaller area or a coarser resolution.</source>
            <translation>Wählen Sie eine kleinere Fläche oder eine gröbere Auflösung.</translation>
        </message>
        <message>
            <source>Choose a zipped model bundle.</source>
            <translation>Wählen Sie ein gezipptes Modellpaket.</translation>
        </message>
        <message>
            <source>Choose an area that the raster covers; it covers {bounds}.</source>
            <translation>Wählen Sie eine Fläche, die das Raster abdeckt; es deckt {bounds} ab.</translation>
        </message>
        <message>
            <source>Choose an area where each of them shows something.</source>
            <translation>Wählen Sie eine Fläche, auf der jedes von ihnen etwas zeigt.</translation>
        </message>
        <message>
            <source>Choose an area where the raster shows something.</source>
            <translation>Wählen Sie eine Fläche, auf der das Raster etwas zeigt.</translation>
        </message>
        <message>
            <source>Choose an image that was indexed.</source>
            <translation>Wählen Sie ein Bild, das indiziert wurde.</translation>
        </message>
        <message>
            <source>Choose another area.</source>
            <translation>Wählen Sie eine andere Fläche.</translation>
        </message>
        <message>
            <source>Choose another folder, or make room on the disk.</source>
            <translation>Wählen Sie einen anderen Ordner oder schaffen Sie Platz auf dem Datenträger.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Choose another layer.</source>
            <translation>Wählen Sie einen anderen Layer.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>Choose another, or ask for access to it.</source>
            <translation>Wählen Sie ein anderes oder bitten Sie um Zugriff.</translation>
        </message>
        <message>
            <source>Choose one of: {policies}.</source>
            <translation>Wählen Sie eine von: {policies}.</translation>
        </message>
        <message>
            <source>Choose that model, or build a new index with this one.</source>
            <translation>Wählen Sie jenes Modell oder bauen Sie mit diesem einen neuen Index auf.</translation>
        </message>
        <message>
            <source>Choose that model, or learn the concept again with this one.</source>
            <translation>Wählen Sie jenes Modell oder lernen Sie das Konzept mit diesem neu.</translation>
        </message>
        <message>
            <source>Choose the folder a model was exported to.</source>
            <translation>Wählen Sie den Ordner, in den ein Modell exportiert wurde.</translation>
        </message>
        <message>
            <source>Choose the policy content, or a model with a detail head.</source>
            <translation>Wählen Sie die Strategie content oder ein Modell mit Detailkopf.</translation>
        </message>
        <message>
            <source>Choosing where to look…</source>
            <translation>Es wird ausgewählt, wo hingesehen wird…</translation>
        </message>
        <message>
            <source>Compare two images of the same place.</source>
            <translation>Vergleichen Sie zwei Bilder desselben Ortes.</translation>
        </message>
        <message>
            <source>Comparing window {number} of {total}</source>
            <translation>Fenster {number} von {total} wird verglichen</translation>
        </message>
        <message>
            <source>Complex values are shown by their amplitude.</source>
            <translation>Komplexe Werte werden durch ihre Amplitude gezeigt.</translation>
        </message>
        <message>
            <source>Convert it to 8 or 16 bit, or to float32, with Raster &gt; Conversion &gt; Translate.</source>
            <translation>Wandeln Sie es mit Raster &gt; Konvertierung &gt; Übersetzen in 8 oder 16 Bit oder in float32 um.</translation>
        </message>
        <message>
            <source>Copy it to a folder of your own, or ask for access.</source>
            <translation>Kopieren Sie ihn in einen eigenen Ordner oder bitten Sie um Zugriff.</translation>
        </message>
        <message>
            <source>Counted tile by tile: what lies on a seam may be counted twice.</source>
            <translation>Kachel für Kachel gezählt: Was auf einer Naht liegt, kann doppelt gezählt sein.</translation>
        </message>
        <message>
            <source>Delete it yourself.</source>
            <translation>Löschen Sie ihn selbst.</translation>
        </message>
        <message>
            <source>Do not use this bundle unless you trust where it comes from.</source>
            <translation>Benutzen Sie dieses Modellpaket nur, wenn Sie seiner Herkunft trauen.</translation>
        </message>
        <message>
            <source>Download the STAC files, and keep their folders as they are.</source>
            <translation>Laden Sie die STAC-Dateien herunter und behalten Sie ihre Ordner bei.</translation>
        </message>
        <message>
            <source>Draw it again.</source>
            <translation>Zeichnen Sie sie neu.</translation>
        </message>
        <message>
            <source>Draw it where an indexed image lies.</source>
            <translation>Zeichnen Sie es dort, wo ein indiziertes Bild liegt.</translation>
        </message>
        <message>
            <source>Draw or choose a polygon.</source>
            <translation>Zeichnen oder wählen Sie ein Polygon.</translation>
        </message>
        <message>
            <source>Draw or select an area first.</source>
            <translation>Zeichnen oder wählen Sie zuerst eine Fläche.</translation>
        </message>
        <message>
            <source>Export the bundle anew.</source>
            <translation>Exportieren Sie das Modellpaket neu.</translation>
        </message>
        <message>
            <source>Extent and polygons have no area in common.</source>
            <translation>Ausdehnung und Polygone haben keine gemeinsame Fläche.</translation>
        </message>
        <message>
            <source>Files are found by suffix: {suffixes}.</source>
            <translation>Dateien werden an der Endung erkannt: {suffixes}.</translation>
        </message>
        <message>
            <source>Found at {path}.</source>
            <translation>Gefunden unter {path}.</translation>
        </message>
        <message>
            <source>From 1 to {most} results can be asked for, not {count}.</source>
            <translation>1 bis {most} Ergebnisse lassen sich verlangen, nicht {count}.</translation>
        </message>
        <message>
            <source>Georeferenced by ground control points only: positions are approximate.</source>
            <translation>Nur durch Passpunkte georeferenziert: Positionen sind ungefähr.</translation>
        </message>
        <message>
            <source>Give XMIN,YMIN,XMAX,YMAX in the raster's CRS.</source>
            <translation>Geben Sie XMIN,YMIN,XMAX,YMAX im KBS des Rasters an.</translation>
        </message>
        <message>
            <source>Give a STAC item, collection or catalogue, or a text file with a raster a line.</source>
            <translation>Geben Sie ein STAC-Item, eine Sammlung oder einen Katalog an, oder eine Textdatei mit einem Raster je Zeile.</translation>
        </message>
        <message>
            <source>Give it a CRS (in QGIS: Layer &gt; Set CRS), or compare two images without one.</source>
            <translation>Geben Sie ihm ein KBS (in QGIS: Layer &gt; KBS setzen) oder vergleichen Sie zwei Bilder ohne eines.</translation>
        </message>
        <message>
            <source>Give names like: forest,water,city</source>
            <translation>Geben Sie Namen an wie: forest,water,city</translation>
        </message>
        <message>
            <source>Hardly anything that the model learnt from was called {things}: results may mean little.</source>
            <translation>Kaum etwas, woraus das Modell gelernt hat, hieß {things}: Die Ergebnisse bedeuten womöglich wenig.</translation>
        </message>
        <message>
            <source>Install it from the plugin's dependency dialog or with: pip install {name}</source>
            <translation>Installieren Sie es über den Abhängigkeitsdialog der Erweiterung oder mit: pip install {name}</translation>
        </message>
        <message>
            <source>Install it with: pip install rasterio</source>
            <translation>Installieren Sie es mit: pip install rasterio</translation>
        </message>
        <message>
            <source>Install the bundle again, or export it anew with export_onnx.py.</source>
            <translation>Installieren Sie das Modellpaket neu oder exportieren Sie es neu mit export_onnx.py.</translation>
        </message>
        <message>
            <source>Is it damaged?</source>
            <translation>Ist es beschädigt?</translation>
        </message>
        <message>
            <source>It can {actions}; choose another model.</source>
            <translation>Es kann {actions}; wählen Sie ein anderes Modell.</translation>
        </message>
        <message>
            <source>It has to hold "format": "{format}".</source>
            <translation>Sie muss "format": "{format}" enthalten.</translation>
        </message>
        <message>
            <source>It learnt from English captions: use English words for things seen from above.</source>
            <translation>Es hat aus englischen Bildunterschriften gelernt: Benutzen Sie englische Wörter für Dinge, die man von oben sieht.</translation>
        </message>
        <message>
            <source>It looks like longitude and latitude; give it in the raster's CRS, {name}.</source>
            <translation>Sie sieht nach Länge und Breite aus; geben Sie sie im KBS des Rasters an, {name}.</translation>
        </message>
        <message>
            <source>It may reach beyond where that coordinate system is defined: choose a smaller one.</source>
            <translation>Sie reicht vielleicht über den Gültigkeitsbereich dieses Koordinatensystems hinaus: Wählen Sie eine kleinere.</translation>
        </message>
        <message>
            <source>Its coordinates are not degrees; give it in the raster's CRS, {name}.</source>
            <translation>Ihre Koordinaten sind keine Grad; geben Sie sie im KBS des Rasters an, {name}.</translation>
        </message>
        <message>
            <source>Its folder cannot be reached, so it is kept as it is.</source>
            <translation>Sein Ordner ist nicht erreichbar, daher bleibt es, wie es ist.</translation>
        </message>
        <message>
            <source>Labels are missing or empty.</source>
            <translation>Bezeichnungen fehlen oder sind leer.</translation>
        </message>
        <message>
            <source>Leave the knowledge file out, or choose a model with a knowledge base.</source>
            <translation>Lassen Sie die Wissensdatei weg, oder wählen Sie ein Modell mit einer Wissensbasis.</translation>
        </message>
        <message>
            <source>Looking at tile {number} of {total}</source>
            <translation>Kachel {number} von {total} wird angesehen</translation>
        </message>
        <message>
            <source>Looking closer at {name}</source>
            <translation>{name} wird genauer angesehen</translation>
        </message>
        <message>
            <source>Make it, or choose another.</source>
            <translation>Legen Sie ihn an oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>Make room. {kept}</source>
            <translation>Schaffen Sie Platz. {kept}</translation>
        </message>
        <message>
            <source>Move one of them.</source>
            <translation>Verschieben Sie eines davon.</translation>
        </message>
        <message>
            <source>Name a file in it.</source>
            <translation>Nennen Sie eine Datei darin.</translation>
        </message>
        <message>
            <source>Name a raster file.</source>
            <translation>Nennen Sie eine Rasterdatei.</translation>
        </message>
        <message>
            <source>Name one kind of thing.</source>
            <translation>Nennen Sie eine Art von Dingen.</translation>
        </message>
        <message>
            <source>Name what to find, like: storage tank</source>
            <translation>Nennen Sie auf Englisch, was zu finden ist, etwa: storage tank</translation>
        </message>
        <message>
            <source>No change that the model can see.</source>
            <translation>Keine Änderung, die das Modell sehen kann.</translation>
        </message>
        <message>
            <source>No tile is left to look at: the index or the chosen part is empty.</source>
            <translation>Es bleibt keine Kachel zum Ansehen: Der Index oder der gewählte Teil ist leer.</translation>
        </message>
        <message>
            <source>None of the indexed images shows anything in this rectangle.</source>
            <translation>Keines der indizierten Bilder zeigt in diesem Rechteck etwas.</translation>
        </message>
        <message>
            <source>Objects are counted as places the model looked at while writing their names, not as instances.</source>
            <translation>Objekte werden als Stellen gezählt, die das Modell beim Schreiben ihrer Namen ansah, nicht als einzelne Objekte.</translation>
        </message>
        <message>
            <source>Objects are gained and lost where the captions of changed windows name them; they are counted as places, not as instances.</source>
            <translation>Objekte gelten als hinzugekommen oder verschwunden, wo die Beschreibungen geänderter Fenster sie nennen; sie sind als Stellen gezählt, nicht als einzelne Objekte.</translation>
        </message>
        <message>
            <source>Objects of other kinds are gained and lost where the captions of changed windows name them; they are counted as places, not as instances.</source>
            <translation>Objekte anderer Arten gelten als hinzugekommen oder verschwunden, wo die Beschreibungen geänderter Fenster sie nennen; sie sind als Stellen gezählt, nicht als einzelne Objekte.</translation>
        </message>
        <message>
            <source>Objects of the kinds that the model finds were looked for one by one in both images; their numbers are instances.</source>
            <translation>Objekte der Arten, die das Modell findet, wurden in beiden Bildern einzeln gesucht; ihre Zahlen sind einzelne Objekte.</translation>
        </message>
        <message>
            <source>Objects of the kinds that the model was trained to find are counted one by one; all others as places it looked at while writing their names.</source>
            <translation>Objekte der Arten, die das Modell zu finden gelernt hat, sind einzeln gezählt; alle anderen als Stellen, die es beim Schreiben ihrer Namen ansah.</translation>
        </message>
        <message>
            <source>One or three bands can be shown, not {count}.</source>
            <translation>Ein Band oder drei Bänder lassen sich zeigen, nicht {count}.</translation>
        </message>
        <message>
            <source>Only the first words of the query count: the model reads {most} pieces.</source>
            <translation>Nur die ersten Wörter der Suche zählen: Das Modell liest {most} Wortteile.</translation>
        </message>
        <message>
            <source>Outlines are boxes along the image's rows and columns: their area and length are upper bounds of the object's.</source>
            <translation>Umrisse sind Kästen entlang der Zeilen und Spalten des Bildes: Ihre Fläche und Länge sind Obergrenzen derer des Objekts.</translation>
        </message>
        <message>
            <source>Raise it, or find them one at a time.</source>
            <translation>Erhöhen Sie es, oder suchen Sie sie einzeln.</translation>
        </message>
        <message>
            <source>Reinstall it; on Windows install the Microsoft Visual C++ Redistributable.</source>
            <translation>Installieren Sie es neu; unter Windows installieren Sie Microsoft Visual C++ Redistributable.</translation>
        </message>
        <message>
            <source>Rename the file.</source>
            <translation>Benennen Sie die Datei um.</translation>
        </message>
        <message>
            <source>Repair its source in the layer properties, or choose another layer.</source>
            <translation>Reparieren Sie seine Quelle in den Layereigenschaften oder wählen Sie einen anderen Layer.</translation>
        </message>
        <message>
            <source>Save it as UTF-8, or give a raster.</source>
            <translation>Speichern Sie sie als UTF-8 oder geben Sie ein Raster an.</translation>
        </message>
        <message>
            <source>Save its items beside it, or give the items themselves.</source>
            <translation>Speichern Sie ihre Items daneben oder geben Sie die Items selbst an.</translation>
        </message>
        <message>
            <source>Save the concept again from examples.</source>
            <translation>Speichern Sie das Konzept noch einmal aus Beispielen.</translation>
        </message>
        <message>
            <source>Say in words what is meant.</source>
            <translation>Sagen Sie in Worten, was gemeint ist.</translation>
        </message>
        <message>
            <source>Say it in a sentence.</source>
            <translation>Sagen Sie es in einem Satz.</translation>
        </message>
        <message>
            <source>Say what to look for as well.</source>
            <translation>Sagen Sie auch, wonach zu suchen ist.</translation>
        </message>
        <message>
            <source>Set the layer up with an authentication of QGIS instead, and index it again.</source>
            <translation>Richten Sie den Layer stattdessen mit einer Authentifizierung von QGIS ein und indizieren Sie ihn neu.</translation>
        </message>
        <message>
            <source>Split it.</source>
            <translation>Teilen Sie sie auf.</translation>
        </message>
        <message>
            <source>Stopped after {done} of {total} tiles.</source>
            <translation>Nach {done} von {total} Kacheln beendet.</translation>
        </message>
        <message>
            <source>Stopped after {done} of {total} windows.</source>
            <translation>Nach {done} von {total} Fenstern beendet.</translation>
        </message>
        <message>
            <source>Stopped before every hit was looked at closer.</source>
            <translation>Beendet, bevor jeder Treffer genauer angesehen war.</translation>
        </message>
        <message>
            <source>That would ask the server of {layer} for some {pictures} pictures; at most {most} are polite.</source>
            <translation>Damit würden vom Server von {layer} etwa {pictures} Bilder verlangt; mehr als {most} wären unhöflich.</translation>
        </message>
        <message>
            <source>The Python package {name} is installed but does not load ({reason}).</source>
            <translation>Das Python-Paket {name} ist installiert, lässt sich aber nicht laden ({reason}).</translation>
        </message>
        <message>
            <source>The Python package {name} is not installed.</source>
            <translation>Das Python-Paket {name} ist nicht installiert.</translation>
        </message>
        <message>
            <source>The STAC file {address} is on a server; only rasters are read from there.</source>
            <translation>Die STAC-Datei {address} liegt auf einem Server; von dort werden nur Raster gelesen.</translation>
        </message>
        <message>
            <source>The STAC file {name} links to no item.</source>
            <translation>Die STAC-Datei {name} verweist auf kein Item.</translation>
        </message>
        <message>
            <source>The STAC item {name} has no raster among its assets.</source>
            <translation>Das STAC-Item {name} hat kein Raster unter seinen Assets.</translation>
        </message>
        <message>
            <source>The address of {name} holds a key, which an index does not keep.</source>
            <translation>Die Adresse von {name} enthält einen Schlüssel, den ein Index nicht aufbewahrt.</translation>
        </message>
        <message>
            <source>The area lies outside the layer {layer}.</source>
            <translation>Die Fläche liegt außerhalb des Layers {layer}.</translation>
        </message>
        <message>
            <source>The budget must be at least one tile.</source>
            <translation>Das Budget muss mindestens eine Kachel sein.</translation>
        </message>
        <message>
            <source>The budget must be at least {least} tiles: each image is looked at, and one of them twice to know what no change looks like.</source>
            <translation>Das Budget muss mindestens {least} Kacheln sein: Jedes Bild wird angesehen, und eines davon zweimal, um zu wissen, wie keine Änderung aussieht.</translation>
        </message>
        <message>
            <source>The concept cannot be kept in {folder}: {reason}.</source>
            <translation>Das Konzept kann in {folder} nicht aufbewahrt werden: {reason}.</translation>
        </message>
        <message>
            <source>The concept cannot be written to {path}: {reason}.</source>
            <translation>Das Konzept kann nicht nach {path} geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>The concept {concept} cannot be removed: {reason}.</source>
            <translation>Das Konzept {concept} kann nicht entfernt werden: {reason}.</translation>
        </message>
        <message>
            <source>The concept {name} was learnt with {theirs}, another model than {ours} at hand.</source>
            <translation>Das Konzept {name} wurde mit {theirs} gelernt, einem anderen Modell als {ours}.</translation>
        </message>
        <message>
            <source>The data of layer {layer} cannot be opened.</source>
            <translation>Die Daten des Layers {layer} lassen sich nicht öffnen.</translation>
        </message>
        <message>
            <source>The empty index {name} cannot be taken away: {reason}.</source>
            <translation>Der leere Index {name} lässt sich nicht entfernen: {reason}.</translation>
        </message>
        <message>
            <source>The feature has no geometry.</source>
            <translation>Das Objekt hat keine Geometrie.</translation>
        </message>
        <message>
            <source>The file is no longer there, so its tiles were taken out.</source>
            <translation>Die Datei ist nicht mehr da, daher wurden ihre Kacheln herausgenommen.</translation>
        </message>
        <message>
            <source>The file may be damaged, incomplete or gone, or the server may be down.</source>
            <translation>Die Datei ist vielleicht beschädigt, unvollständig oder weg, oder der Server antwortet nicht.</translation>
        </message>
        <message>
            <source>The file may be damaged, incomplete or no longer there.</source>
            <translation>Die Datei ist vielleicht beschädigt, unvollständig oder nicht mehr da.</translation>
        </message>
        <message>
            <source>The file may be missing, damaged or of a format GDAL does not know.</source>
            <translation>Die Datei fehlt vielleicht, ist beschädigt oder in einem Format, das GDAL nicht kennt.</translation>
        </message>
        <message>
            <source>The file's name is empty.</source>
            <translation>Der Dateiname ist leer.</translation>
        </message>
        <message>
            <source>The file's name is not valid UTF-8, so it cannot be opened.</source>
            <translation>Der Name der Datei ist kein gültiges UTF-8, deshalb kann sie nicht geöffnet werden.</translation>
        </message>
        <message>
            <source>The first image was coarsened to the resolution of the second.</source>
            <translation>Das erste Bild wurde auf die Auflösung des zweiten vergröbert.</translation>
        </message>
        <message>
            <source>The first sentence is that of the largest part ({share} %): from the overview the model could name nothing.</source>
            <translation>Der erste Satz ist der des größten Teils ({share} %): Aus der Übersicht konnte das Modell nichts benennen.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be read: {reason}.</source>
            <translation>Der Ordner {folder} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>The folder {folder} holds no raster.</source>
            <translation>Der Ordner {folder} enthält kein Raster.</translation>
        </message>
        <message>
            <source>The folder {path} holds no {file}.</source>
            <translation>Der Ordner {path} enthält keine {file}.</translation>
        </message>
        <message>
            <source>The graphics card could not be used ({reason}); the CPU is used.</source>
            <translation>Die Grafikkarte ließ sich nicht benutzen ({reason}); der Prozessor wird benutzt.</translation>
        </message>
        <message>
            <source>The image was looked at with {span} m per model pixel; the model learnt from {finest} to {coarsest} m, so its words are less reliable here and their confidence is lowered.</source>
            <translation>Das Bild wurde mit {span} m je Modellpixel angesehen; das Modell hat an {finest} bis {coarsest} m gelernt, seine Worte sind hier also weniger verlässlich und ihre Konfidenz ist gesenkt.</translation>
        </message>
        <message>
            <source>The image was looked at with {span} m per model pixel; the model learnt from {finest} to {coarsest} m, so its words are less reliable here.</source>
            <translation>Das Bild wurde mit {span} m je Modellpixel angesehen; das Modell hat an {finest} bis {coarsest} m gelernt, seine Worte sind hier also weniger verlässlich.</translation>
        </message>
        <message>
            <source>The index {index} was made with {theirs}, another model than {ours} at hand, so its vectors cannot be compared.</source>
            <translation>Der Index {index} wurde mit {theirs} gemacht, einem anderen Modell als {ours}; ihre Vektoren lassen sich nicht vergleichen.</translation>
        </message>
        <message>
            <source>The index {name} cannot be made: {reason}.</source>
            <translation>Der Index {name} kann nicht gemacht werden: {reason}.</translation>
        </message>
        <message>
            <source>The index {name} cannot be opened for writing: it or its folder is read-only.</source>
            <translation>Der Index {name} lässt sich nicht zum Schreiben öffnen: Er oder sein Ordner ist schreibgeschützt.</translation>
        </message>
        <message>
            <source>The index {name} cannot be read: {reason}.</source>
            <translation>Der Index {name} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>The index {name} cannot be used ({reason}).</source>
            <translation>Der Index {name} lässt sich nicht benutzen ({reason}).</translation>
        </message>
        <message>
            <source>The index {name} cannot grow: the disk is full or failing.</source>
            <translation>Der Index {name} kann nicht wachsen: Der Datenträger ist voll oder fehlerhaft.</translation>
        </message>
        <message>
            <source>The index {name} does not say which model made it.</source>
            <translation>Der Index {name} sagt nicht, welches Modell ihn gemacht hat.</translation>
        </message>
        <message>
            <source>The index {name} has format version {version}; this plugin reads {own}.</source>
            <translation>Der Index {name} hat die Formatversion {version}; diese Erweiterung liest {own}.</translation>
        </message>
        <message>
            <source>The index {name} is being written by another program.</source>
            <translation>Der Index {name} wird gerade von einem anderen Programm geschrieben.</translation>
        </message>
        <message>
            <source>The index {name} is cut off.</source>
            <translation>Der Index {name} ist abgeschnitten.</translation>
        </message>
        <message>
            <source>The index {name} is damaged or cut off.</source>
            <translation>Der Index {name} ist beschädigt oder abgeschnitten.</translation>
        </message>
        <message>
            <source>The index {name} is damaged.</source>
            <translation>Der Index {name} ist beschädigt.</translation>
        </message>
        <message>
            <source>The index {name} was changed by another program.</source>
            <translation>Der Index {name} wurde von einem anderen Programm geändert.</translation>
        </message>
        <message>
            <source>The index {name} was opened for reading only.</source>
            <translation>Der Index {name} wurde nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>The knowledge base was embedded by another text model than the bundle's.</source>
            <translation>Die Wissensbasis wurde mit einem anderen Textmodell eingebettet als dem des Modellpakets.</translation>
        </message>
        <message>
            <source>The knowledge file {file} cannot be read ({reason}).</source>
            <translation>Die Wissensdatei {file} kann nicht gelesen werden ({reason}).</translation>
        </message>
        <message>
            <source>The layer is drawn by a server: what is described is its picture.</source>
            <translation>Der Layer wird von einem Server gezeichnet: Beschrieben wird sein Bild.</translation>
        </message>
        <message>
            <source>The least change must be from 0 to 1.</source>
            <translation>Die kleinste Änderung muss zwischen 0 und 1 liegen.</translation>
        </message>
        <message>
            <source>The least score must be from 0 to 1.</source>
            <translation>Die kleinste Bewertung muss zwischen 0 und 1 liegen.</translation>
        </message>
        <message>
            <source>The list names {address}, which is no address.</source>
            <translation>Die Liste nennt {address}, was keine Adresse ist.</translation>
        </message>
        <message>
            <source>The list {name} cannot be read: {reason}.</source>
            <translation>Die Liste {name} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>The list {name} is larger than 64 MiB.</source>
            <translation>Die Liste {name} ist größer als 64 MiB.</translation>
        </message>
        <message>
            <source>The list {name} is not text in UTF-8.</source>
            <translation>Die Liste {name} ist kein Text in UTF-8.</translation>
        </message>
        <message>
            <source>The list {name} names no raster.</source>
            <translation>Die Liste {name} nennt kein Raster.</translation>
        </message>
        <message>
            <source>The model bundle cannot find objects.</source>
            <translation>Das Modellpaket kann keine Objekte finden.</translation>
        </message>
        <message>
            <source>The model bundle has format version {version}; this plugin reads {own}.</source>
            <translation>Das Modellpaket hat die Formatversion {version}; diese Erweiterung liest {own}.</translation>
        </message>
        <message>
            <source>The model bundle has no answers.</source>
            <translation>Das Modellpaket hat keine Antworten.</translation>
        </message>
        <message>
            <source>The model bundle has no decoder.</source>
            <translation>Das Modellpaket hat keinen Decoder.</translation>
        </message>
        <message>
            <source>The model bundle has no detail head.</source>
            <translation>Das Modellpaket hat keinen Detailkopf.</translation>
        </message>
        <message>
            <source>The model bundle lacks its knowledge base.</source>
            <translation>Dem Modellpaket fehlt seine Wissensbasis.</translation>
        </message>
        <message>
            <source>The model bundle lacks its remembered captions.</source>
            <translation>Dem Modellpaket fehlen seine gemerkten Bildunterschriften.</translation>
        </message>
        <message>
            <source>The model bundle promises to describe but has no decoder.</source>
            <translation>Das Modellpaket verspricht zu beschreiben, hat aber keinen Decoder.</translation>
        </message>
        <message>
            <source>The model bundle remembers captions but has no decoder.</source>
            <translation>Das Modellpaket merkt sich Bildunterschriften, hat aber keinen Decoder.</translation>
        </message>
        <message>
            <source>The model bundle {name} cannot be opened: {reason}.</source>
            <translation>Das Modellpaket {name} kann nicht geöffnet werden: {reason}.</translation>
        </message>
        <message>
            <source>The model bundle {name} is not a readable zip file.</source>
            <translation>Das Modellpaket {name} ist keine lesbare Zip-Datei.</translation>
        </message>
        <message>
            <source>The model bundle's decoder does not answer.</source>
            <translation>Der Decoder des Modellpakets antwortet nicht.</translation>
        </message>
        <message>
            <source>The model bundle's detail head does not fit.</source>
            <translation>Der Detailkopf des Modellpakets passt nicht.</translation>
        </message>
        <message>
            <source>The model bundle's file {name} is not the one that was published (wrong hash).</source>
            <translation>Die Datei {name} des Modellpakets ist nicht die veröffentlichte (falsche Prüfsumme).</translation>
        </message>
        <message>
            <source>The model bundle's tokenizer is malformed.</source>
            <translation>Der Tokenizer des Modellpakets ist fehlerhaft.</translation>
        </message>
        <message>
            <source>The model does not know the words of: {labels}; their scores mean nothing.</source>
            <translation>Das Modell kennt die Wörter nicht von: {labels}; ihre Bewertungen bedeuten nichts.</translation>
        </message>
        <message>
            <source>The model does not know {words}: results may not mean what was asked.</source>
            <translation>Das Modell kennt {words} nicht: Die Ergebnisse bedeuten vielleicht nicht, was gefragt war.</translation>
        </message>
        <message>
            <source>The model does not know {words}; the query may be in a language it did not learn (it learnt English): results may not mean what was asked.</source>
            <translation>Das Modell kennt {words} nicht; vielleicht ist die Suche in einer Sprache, die es nicht gelernt hat (es hat Englisch gelernt): Die Ergebnisse bedeuten vielleicht nicht, was gefragt war.</translation>
        </message>
        <message>
            <source>The model does not know {word}: it was asked for {name}.</source>
            <translation>Das Modell kennt {word} nicht: Es wurde nach {name} gefragt.</translation>
        </message>
        <message>
            <source>The model has not learnt where a closer look pays.</source>
            <translation>Das Modell hat nicht gelernt, wo sich ein genauerer Blick lohnt.</translation>
        </message>
        <message>
            <source>The model knows no word of {words}.</source>
            <translation>Das Modell kennt kein Wort von {words}.</translation>
        </message>
        <message>
            <source>The model looks nothing up, so knowledge of your own has no effect.</source>
            <translation>Das Modell schlägt nichts nach, daher hat eigenes Wissen keine Wirkung.</translation>
        </message>
        <message>
            <source>The model was not trained to find {phrases} one by one: it outlines areas that look so, in squares of its grid.</source>
            <translation>Das Modell hat nicht gelernt, {phrases} einzeln zu finden: Es umreißt Flächen, die so aussehen, in Quadraten seines Rasters.</translation>
        </message>
        <message>
            <source>The model was taught nothing finer than {kind}: for {phrase} it finds all of that kind.</source>
            <translation>Das Modell hat nichts Feineres gelernt als {kind}: für {phrase} findet es jedes Objekt dieser Art.</translation>
        </message>
        <message>
            <source>The model {name} {version} cannot {action}.</source>
            <translation>Das Modell {name} {version} kann nicht {action}.</translation>
        </message>
        <message>
            <source>The model's graph {name} failed ({reason}).</source>
            <translation>Der Graph {name} des Modells ist gescheitert ({reason}).</translation>
        </message>
        <message>
            <source>The model's input must be at least one pixel wide.</source>
            <translation>Die Eingabe des Modells muss mindestens ein Pixel breit sein.</translation>
        </message>
        <message>
            <source>The name of a web layer's area is damaged.</source>
            <translation>Der Name der Fläche eines Weblayers ist beschädigt.</translation>
        </message>
        <message>
            <source>The place shows nodata only.</source>
            <translation>Die Stelle zeigt nur NoData.</translation>
        </message>
        <message>
            <source>The polygons to describe are empty.</source>
            <translation>Die zu beschreibenden Polygone sind leer.</translation>
        </message>
        <message>
            <source>The project has no search index.</source>
            <translation>Das Projekt hat keinen Suchindex.</translation>
        </message>
        <message>
            <source>The query holds no word.</source>
            <translation>Die Suche enthält kein Wort.</translation>
        </message>
        <message>
            <source>The query is empty.</source>
            <translation>Die Suche ist leer.</translation>
        </message>
        <message>
            <source>The query is {length} characters long; at most {most} are read.</source>
            <translation>Die Suche ist {length} Zeichen lang; höchstens {most} werden gelesen.</translation>
        </message>
        <message>
            <source>The query says only what is not wanted.</source>
            <translation>Die Suche sagt nur, was nicht gewünscht ist.</translation>
        </message>
        <message>
            <source>The query was embedded by another model.</source>
            <translation>Die Suche wurde mit einem anderen Modell eingebettet.</translation>
        </message>
        <message>
            <source>The question is {length} characters long; at most {most} are read.</source>
            <translation>Die Frage ist {length} Zeichen lang; höchstens {most} werden gelesen.</translation>
        </message>
        <message>
            <source>The raster has no CRS: places are given in its own coordinates.</source>
            <translation>Das Raster hat kein KBS: Orte sind in seinen eigenen Koordinaten angegeben.</translation>
        </message>
        <message>
            <source>The raster has no overviews: coarse views sample single pixels and are slow to read.</source>
            <translation>Das Raster hat keine Übersichten: Grobe Ansichten nehmen einzelne Pixel und sind langsam zu lesen.</translation>
        </message>
        <message>
            <source>The raster has no overviews: coarse views sample single pixels and take long to read; overviews, built once with gdaladdo or in QGIS under Layer Properties &gt; Pyramids, make them quick.</source>
            <translation>Das Raster hat keine Übersichten: Grobe Ansichten greifen einzelne Pixel heraus und brauchen lange; Übersichten, einmal mit gdaladdo oder in QGIS unter Layereigenschaften &gt; Pyramiden erstellt, machen sie schnell.</translation>
        </message>
        <message>
            <source>The raster is rotated against the map; QGIS turned it north-up to show it.</source>
            <translation>Das Raster ist gegen die Karte gedreht; QGIS hat es zum Zeigen nach Norden gedreht.</translation>
        </message>
        <message>
            <source>The raster is rotated against the map; its places are rotated with it.</source>
            <translation>Das Raster ist gegen die Karte gedreht; seine Orte sind mit ihm gedreht.</translation>
        </message>
        <message>
            <source>The raster layer is no longer there.</source>
            <translation>Der Rasterlayer ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The raster's footprint cannot be read.</source>
            <translation>Der Umriss des Rasters kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The raster's geotransform is singular, so places on it cannot be located.</source>
            <translation>Die Geotransformation des Rasters ist singulär, deshalb lassen sich Orte darauf nicht bestimmen.</translation>
        </message>
        <message>
            <source>The region</source>
            <translation>Die Region</translation>
        </message>
        <message>
            <source>The region cannot be moved from {own} to the raster's {raster}.</source>
            <translation>Die Region kann nicht von {own} in {raster}, das KBS des Rasters, übertragen werden.</translation>
        </message>
        <message>
            <source>The region has a corner that is not a finite place on this raster.</source>
            <translation>Die Region hat eine Ecke, die auf diesem Raster kein endlicher Ort ist.</translation>
        </message>
        <message>
            <source>The region has no area.</source>
            <translation>Die Region hat keine Fläche.</translation>
        </message>
        <message>
            <source>The region holds no pixel that all of the images show.</source>
            <translation>Die Region enthält kein Pixel, das alle Bilder zeigen.</translation>
        </message>
        <message>
            <source>The region holds no valid pixel of {name}: all of it is nodata.</source>
            <translation>Die Region enthält kein gültiges Pixel von {name}: Alles darin ist NoData.</translation>
        </message>
        <message>
            <source>The region is empty.</source>
            <translation>Die Region ist leer.</translation>
        </message>
        <message>
            <source>The region is empty: its minimum is not below its maximum.</source>
            <translation>Die Region ist leer: Ihr Minimum liegt nicht unter ihrem Maximum.</translation>
        </message>
        <message>
            <source>The region is empty: its rectangle has no area.</source>
            <translation>Die Region ist leer: Ihr Rechteck hat keine Fläche.</translation>
        </message>
        <message>
            <source>The region is not a polygon.</source>
            <translation>Die Region ist kein Polygon.</translation>
        </message>
        <message>
            <source>The region lies outside {name}.</source>
            <translation>Die Region liegt außerhalb von {name}.</translation>
        </message>
        <message>
            <source>The remembered captions were embedded by another vision model than the bundle's.</source>
            <translation>Die gemerkten Bildunterschriften wurden mit einem anderen Bildmodell eingebettet als dem des Modellpakets.</translation>
        </message>
        <message>
            <source>The report cannot be written to {path}: {reason}.</source>
            <translation>Der Bericht kann nicht nach {path} geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>The results cannot be written to {path}: {reason}.</source>
            <translation>Die Ergebnisse können nicht nach {path} geschrieben werden: {reason}.</translation>
        </message>
        <message>
            <source>The results in {path} cannot be opened as a layer.</source>
            <translation>Die Ergebnisse in {path} lassen sich nicht als Layer öffnen.</translation>
        </message>
        <message>
            <source>The search index {path} is no longer there.</source>
            <translation>Der Suchindex {path} ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The second image was shown in the tone of the first.</source>
            <translation>Das zweite Bild wurde im Farbton des ersten gezeigt.</translation>
        </message>
        <message>
            <source>The server did not send every picture ({reason}): the gaps count as no data.</source>
            <translation>Der Server hat nicht jedes Bild geschickt ({reason}): Die Lücken gelten als ohne Daten.</translation>
        </message>
        <message>
            <source>The server may be down, or its address has changed.</source>
            <translation>Der Server antwortet vielleicht nicht, oder seine Adresse hat sich geändert.</translation>
        </message>
        <message>
            <source>The server of {name} cannot be reached or fails ({reason}).</source>
            <translation>Der Server von {name} ist nicht zu erreichen oder fehlerhaft ({reason}).</translation>
        </message>
        <message>
            <source>The server of {name} {refused} (HTTP {status}).</source>
            <translation>Der Server von {name} {refused} (HTTP {status}).</translation>
        </message>
        <message>
            <source>The vision graph gives another number of cells than bundle.json says.</source>
            <translation>Der Bildgraph gibt eine andere Zahl von Zellen, als bundle.json sagt.</translation>
        </message>
        <message>
            <source>The vision graph gives embeddings of another size than bundle.json says.</source>
            <translation>Der Bildgraph gibt Einbettungen anderer Größe, als bundle.json sagt.</translation>
        </message>
        <message>
            <source>The web layer {name} cannot be opened.</source>
            <translation>Der Weblayer {name} lässt sich nicht öffnen.</translation>
        </message>
        <message>
            <source>The zip {name} holds no {file}.</source>
            <translation>Die Zip-Datei {name} enthält keine {file}.</translation>
        </message>
        <message>
            <source>There is no folder {folder}.</source>
            <translation>Es gibt keinen Ordner {folder}.</translation>
        </message>
        <message>
            <source>There is no index {path}.</source>
            <translation>Es gibt keinen Index {path}.</translation>
        </message>
        <message>
            <source>There is no model bundle at {path}.</source>
            <translation>Bei {path} gibt es kein Modellpaket.</translation>
        </message>
        <message>
            <source>There is no policy {policy}.</source>
            <translation>Es gibt keine Strategie {policy}.</translation>
        </message>
        <message>
            <source>There is nothing to look for.</source>
            <translation>Es gibt nichts zu suchen.</translation>
        </message>
        <message>
            <source>These phrases need a budget of {count} tiles at least.</source>
            <translation>Diese Begriffe brauchen ein Budget von mindestens {count} Kacheln.</translation>
        </message>
        <message>
            <source>This onnxruntime has no CUDA provider; the CPU is used instead.</source>
            <translation>Diese onnxruntime hat keinen CUDA-Anbieter; stattdessen wird der Prozessor benutzt.</translation>
        </message>
        <message>
            <source>This raster has a colour table, so it may be a map, not imagery; read what is said of it with care.</source>
            <translation>Dieses Raster hat eine Farbtabelle, es kann also eine Karte sein und kein Bild; lesen Sie mit Vorsicht, was dazu gesagt wird.</translation>
        </message>
        <message>
            <source>This raster has one band of few different values, so it may be a map of classes, not imagery; read what is said of it with care.</source>
            <translation>Dieses Raster hat ein Band mit wenigen verschiedenen Werten, es kann also eine Klassenkarte sein und kein Bild; lesen Sie mit Vorsicht, was dazu gesagt wird.</translation>
        </message>
        <message>
            <source>To the model, what is wanted and what is not mean the same.</source>
            <translation>Für das Modell bedeutet Gewünschtes und Unerwünschtes dasselbe.</translation>
        </message>
        <message>
            <source>Two knowledge bases of different models cannot be joined.</source>
            <translation>Zwei Wissensbasen verschiedener Modelle lassen sich nicht verbinden.</translation>
        </message>
        <message>
            <source>Type a few words.</source>
            <translation>Tippen Sie ein paar Wörter.</translation>
        </message>
        <message>
            <source>Type one, like: how many planes are there?</source>
            <translation>Tippen Sie auf Englisch eine, etwa: how many planes are there?</translation>
        </message>
        <message>
            <source>Type what to look for in words.</source>
            <translation>Tippen Sie in Wörtern, wonach zu suchen ist.</translation>
        </message>
        <message>
            <source>Type what to look for, like: planes on a runway</source>
            <translation>Tippen Sie auf Englisch, wonach zu suchen ist, etwa: planes on a runway</translation>
        </message>
        <message>
            <source>Update onnxruntime, or install the model bundle again.</source>
            <translation>Aktualisieren Sie onnxruntime oder installieren Sie das Modellpaket neu.</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>Aktualisieren Sie die Erweiterung.</translation>
        </message>
        <message>
            <source>Use other words.</source>
            <translation>Benutzen Sie andere Wörter.</translation>
        </message>
        <message>
            <source>Wait and try a smaller area, check the layer's login, or ask its provider.</source>
            <translation>Warten Sie und versuchen Sie es mit einer kleineren Fläche, prüfen Sie die Anmeldung des Layers oder fragen Sie den Anbieter.</translation>
        </message>
        <message>
            <source>Wait until that is done, or close it there.</source>
            <translation>Warten Sie, bis das fertig ist, oder schließen Sie ihn dort.</translation>
        </message>
        <message>
            <source>Wait until that is done, or stop it.</source>
            <translation>Warten Sie, bis das fertig ist, oder halten Sie es an.</translation>
        </message>
        <message>
            <source>Was the file moved or removed?</source>
            <translation>Wurde die Datei verschoben oder entfernt?</translation>
        </message>
        <message>
            <source>What is wanted and what is not are the same examples.</source>
            <translation>Gewünschtes und Unerwünschtes sind dieselben Beispiele.</translation>
        </message>
        <message>
            <source>What was indexed so far is kept; build again to continue.</source>
            <translation>Was bisher indiziert wurde, bleibt erhalten; bauen Sie noch einmal auf, um fortzufahren.</translation>
        </message>
        <message>
            <source>Without overviews, reading takes much longer than that ({names}): build them once with gdaladdo or in QGIS under Layer Properties &gt; Pyramids.</source>
            <translation>Ohne Übersichten dauert das Lesen viel länger ({names}): Erstellen Sie sie einmal mit gdaladdo oder in QGIS unter Layereigenschaften &gt; Pyramiden.</translation>
        </message>
        <message>
            <source>Write one path in each line.</source>
            <translation>Schreiben Sie einen Pfad in jede Zeile.</translation>
        </message>
        <message>
            <source>about {size}</source>
            <translation>etwa {size}</translation>
        </message>
        <message>
            <source>ask</source>
            <translation>fragen</translation>
        </message>
        <message>
            <source>box of the one found</source>
            <translation>Kasten des einen gefundenen</translation>
        </message>
        <message>
            <source>boxes of {count} found, added up</source>
            <translation>Kästen von {count} gefundenen, zusammengezählt</translation>
        </message>
        <message>
            <source>bundle.json does not describe an RS-VLM model bundle.</source>
            <translation>bundle.json beschreibt kein Modellpaket von RS-VLM.</translation>
        </message>
        <message>
            <source>bundle.json does not hold a JSON object.</source>
            <translation>bundle.json enthält kein JSON-Objekt.</translation>
        </message>
        <message>
            <source>bundle.json gives written answers a weight, but the decoder writes none.</source>
            <translation>bundle.json gibt geschriebenen Antworten ein Gewicht, aber der Decoder schreibt keine.</translation>
        </message>
        <message>
            <source>bundle.json is not valid JSON.</source>
            <translation>bundle.json ist kein gültiges JSON.</translation>
        </message>
        <message>
            <source>cannot tell: {reason}</source>
            <translation>nicht zu sagen: {reason}</translation>
        </message>
        <message>
            <source>classify</source>
            <translation>klassifizieren</translation>
        </message>
        <message>
            <source>compared by meaning with {names}</source>
            <translation>der Bedeutung nach verglichen mit {names}</translation>
        </message>
        <message>
            <source>describe</source>
            <translation>beschreiben</translation>
        </message>
        <message>
            <source>does not allow it</source>
            <translation>erlaubt es nicht</translation>
        </message>
        <message>
            <source>find</source>
            <translation>finden</translation>
        </message>
        <message>
            <source>found as an object, though the tiles' answers are no</source>
            <translation>als Objekt gefunden, obwohl die Antworten der Kacheln nein lauten</translation>
        </message>
        <message>
            <source>hardly anything that the model learnt from was called {thing}</source>
            <translation>kaum etwas, wovon das Modell gelernt hat, hieß {thing}</translation>
        </message>
        <message>
            <source>its answer is no picture</source>
            <translation>seine Antwort ist kein Bild</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>keine Antwort</translation>
        </message>
        <message>
            <source>no answer in time</source>
            <translation>keine Antwort in der Frist</translation>
        </message>
        <message>
            <source>no such object was found</source>
            <translation>kein solches Objekt wurde gefunden</translation>
        </message>
        <message>
            <source>no such object was found, so there is nothing to measure</source>
            <translation>kein solches Objekt wurde gefunden, also gibt es nichts zu messen</translation>
        </message>
        <message>
            <source>none was found, and the model does not answer with numbers</source>
            <translation>keines wurde gefunden, und das Modell antwortet nicht mit Zahlen</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>of {thing}, {reason}</source>
            <translation>zu {thing}: {reason}</translation>
        </message>
        <message>
            <source>onnxruntime cannot load {name} ({reason}).</source>
            <translation>onnxruntime kann {name} nicht laden ({reason}).</translation>
        </message>
        <message>
            <source>search</source>
            <translation>suchen</translation>
        </message>
        <message>
            <source>the image has no coordinate system, so nothing on it can be measured in metres</source>
            <translation>das Bild hat kein Koordinatensystem, also lässt sich darauf nichts in Metern messen</translation>
        </message>
        <message>
            <source>the longest of {count} found</source>
            <translation>das längste von {count} gefundenen</translation>
        </message>
        <message>
            <source>the model does not know what {thing} is ({why})</source>
            <translation>das Modell weiß nicht, was {thing} ist ({why})</translation>
        </message>
        <message>
            <source>the model does not know {words}; the question may be in a language it did not learn (it learnt English)</source>
            <translation>das Modell kennt {words} nicht; die Frage ist vielleicht in einer Sprache, die es nicht gelernt hat (gelernt hat es Englisch)</translation>
        </message>
        <message>
            <source>the model has no answer to questions of this kind</source>
            <translation>das Modell hat auf solche Fragen keine Antwort</translation>
        </message>
        <message>
            <source>the model is too unsure (confidence {confidence})</source>
            <translation>das Modell ist zu unsicher (Konfidenz {confidence})</translation>
        </message>
        <message>
            <source>the model knows no yes and no, and nothing was found</source>
            <translation>das Modell kennt kein Ja und Nein, und nichts wurde gefunden</translation>
        </message>
        <message>
            <source>the question is of no kind that can be answered here; ask whether something is there, how many, which is more, where, how large or long, what the scene or land cover is, or whether it is rural or urban, about one thing at a time</source>
            <translation>die Frage ist von keiner Art, die sich hier beantworten lässt; fragen Sie, ob etwas da ist, wie viele, was mehr ist, wo, wie groß oder lang, was die Szene oder Landbedeckung ist oder ob es ländlich oder städtisch ist, nach einem auf einmal</translation>
        </message>
        <message>
            <source>the region is too large to count in at once, and nothing was found</source>
            <translation>die Region ist zu groß, um auf einmal darin zu zählen, und nichts wurde gefunden</translation>
        </message>
        <message>
            <source>wants a password or key</source>
            <translation>verlangt ein Passwort oder einen Schlüssel</translation>
        </message>
        <message>
            <source>was asked too often</source>
            <translation>wurde zu oft gefragt</translation>
        </message>
        <message>
            <source>what {before} and {after} have in common</source>
            <translation>dem, was {before} und {after} gemeinsam haben</translation>
        </message>
        <message>
            <source>within the picture as a whole, nodata included</source>
            <translation>innerhalb des ganzen Bildes, NoData eingeschlossen</translation>
        </message>
        <message>
            <source>{advice}</source>
            <translation>{advice}</translation>
        </message>
        <message>
            <source>{before} and {after} do not overlap.</source>
            <translation>{before} und {after} überlappen sich nicht.</translation>
        </message>
        <message>
            <source>{count} found as objects</source>
            <translation>{count} als Objekte gefunden</translation>
        </message>
        <message>
            <source>{count} of the {total} entries of {name} cannot be used. The first: {first}</source>
            <translation>{count} der {total} Einträge von {name} sind nicht zu gebrauchen. Der erste: {first}</translation>
        </message>
        <message>
            <source>{count} tiles seen</source>
            <translation>{count} Kacheln gesehen</translation>
        </message>
        <message>
            <source>{done} of {total} rasters opened</source>
            <translation>{done} von {total} Rastern geöffnet</translation>
        </message>
        <message>
            <source>{done} of {total} tiles asked</source>
            <translation>{done} von {total} Kacheln befragt</translation>
        </message>
        <message>
            <source>{done} of {total} tiles searched</source>
            <translation>{done} von {total} Kacheln durchsucht</translation>
        </message>
        <message>
            <source>{done} of {total} tiles seen</source>
            <translation>{done} von {total} Kacheln gesehen</translation>
        </message>
        <message>
            <source>{done} of {total} windows compared</source>
            <translation>{done} von {total} Fenstern verglichen</translation>
        </message>
        <message>
            <source>{file} is not a knowledge file of at most {most} MiB.</source>
            <translation>{file} ist keine Wissensdatei von höchstens {most} MiB.</translation>
        </message>
        <message>
            <source>{file}: entries is not a list of at most {most}.</source>
            <translation>{file}: entries ist keine Liste von höchstens {most} Einträgen.</translation>
        </message>
        <message>
            <source>{file}: the name is not a short text.</source>
            <translation>{file}: name ist kein kurzer Text.</translation>
        </message>
        <message>
            <source>{finest} to {coarsest}</source>
            <translation>{finest} bis {coarsest}</translation>
        </message>
        <message>
            <source>{lacking} has no CRS, so it cannot be laid over {other}.</source>
            <translation>{lacking} hat kein KBS und lässt sich deshalb nicht über {other} legen.</translation>
        </message>
        <message>
            <source>{layer} does not say which area it covers.</source>
            <translation>{layer} sagt nicht, welche Fläche es abdeckt.</translation>
        </message>
        <message>
            <source>{layer} has no pixels.</source>
            <translation>{layer} hat keine Pixel.</translation>
        </message>
        <message>
            <source>{layer} holds no raster band.</source>
            <translation>{layer} enthält kein Rasterband.</translation>
        </message>
        <message>
            <source>{layer} is not a raster layer.</source>
            <translation>{layer} ist kein Rasterlayer.</translation>
        </message>
        <message>
            <source>{name} cannot be opened as a raster.</source>
            <translation>{name} lässt sich nicht als Raster öffnen.</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>{name} kann nicht gelesen werden: {reason}.</translation>
        </message>
        <message>
            <source>{name} cannot be read{reason}.</source>
            <translation>{name} kann nicht gelesen werden{reason}.</translation>
        </message>
        <message>
            <source>{name} has changed since it was indexed; update the index.</source>
            <translation>{name} hat sich geändert, seit es indiziert wurde; aktualisieren Sie den Index.</translation>
        </message>
        <message>
            <source>{name} has format version {version}; this plugin reads {own}.</source>
            <translation>{name} hat die Formatversion {version}; diese Erweiterung liest {own}.</translation>
        </message>
        <message>
            <source>{name} has no band {band}; it has {count}.</source>
            <translation>{name} hat kein Band {band}; es hat {count}.</translation>
        </message>
        <message>
            <source>{name} holds no band with an image.</source>
            <translation>{name} enthält kein Band mit einem Bild.</translation>
        </message>
        <message>
            <source>{name} holds no valid pixel: all of it is nodata.</source>
            <translation>{name} enthält kein gültiges Pixel: Alles darin ist NoData.</translation>
        </message>
        <message>
            <source>{name} is no STAC item, collection or catalogue.</source>
            <translation>{name} ist kein STAC-Item, keine Sammlung und kein Katalog.</translation>
        </message>
        <message>
            <source>{name} is no longer where it was indexed; update the index.</source>
            <translation>{name} ist nicht mehr dort, wo es indiziert wurde; aktualisieren Sie den Index.</translation>
        </message>
        <message>
            <source>{name} is not a saved concept.</source>
            <translation>{name} ist kein gespeichertes Konzept.</translation>
        </message>
        <message>
            <source>{name} is not a tile index.</source>
            <translation>{name} ist kein Kachelindex.</translation>
        </message>
        <message>
            <source>{name} is not valid JSON.</source>
            <translation>{name} ist kein gültiges JSON.</translation>
        </message>
        <message>
            <source>{name} is too large for a concept.</source>
            <translation>{name} ist zu groß für ein Konzept.</translation>
        </message>
        <message>
            <source>{name} was closed while it was being read.</source>
            <translation>{name} wurde geschlossen, während es gelesen wurde.</translation>
        </message>
        <message>
            <source>{part} was not looked at as closely as the model can: small objects may be missing there. A larger budget looks closer.</source>
            <translation>{part} wurde nicht so genau angesehen, wie das Modell es kann: Kleine Objekte fehlen dort vielleicht. Ein größeres Budget sieht genauer hin.</translation>
        </message>
        <message>
            <source>{path} exists already.</source>
            <translation>{path} gibt es schon.</translation>
        </message>
        <message>
            <source>{path} is a folder, not an index.</source>
            <translation>{path} ist ein Ordner, kein Index.</translation>
        </message>
        <message>
            <source>{problem} Its hits are shown as tiles.</source>
            <translation>{problem} Seine Treffer werden als Kacheln gezeigt.</translation>
        </message>
        <message>
            <source>{raster} is not in the index.</source>
            <translation>{raster} ist nicht im Index.</translation>
        </message>
        <message>
            <source>{share} % of the region</source>
            <translation>{share} % der Region</translation>
        </message>
        <message>
            <source>{tiles} of about {total} tiles looked at; {name}</source>
            <translation>{tiles} von etwa {total} Kacheln angesehen; {name}</translation>
        </message>
        <message>
            <source>{tiles} tiles looked at</source>
            <translation>{tiles} Kacheln angesehen</translation>
        </message>
        <message>
            <source>{verbs} and {verb}</source>
            <translation>{verbs} und {verb}</translation>
        </message>
        <message>
            <source>{verbs}, {verb}</source>
            <translation>{verbs}, {verb}</translation>
        </message>
        <message>
            <source>{what} {hint}</source>
            <translation>{what} {hint}</translation>
        </message>
    </context>
    <context>
        <name>Expressions</name>
        <message>
            <source>&lt;h3&gt;rsvlm_description&lt;/h3&gt;&lt;p&gt;What the newest description of this session says of the place where the middle of a geometry lies: the sentence of that part of the region. NULL where nothing was described; nothing is looked at anew.&lt;/p&gt;&lt;h4&gt;Syntax&lt;/h4&gt;&lt;code&gt;rsvlm_description(geometry[, crs])&lt;/code&gt;&lt;h4&gt;Arguments&lt;/h4&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;geometry&lt;/b&gt;: the place&lt;/li&gt;&lt;li&gt;&lt;b&gt;crs&lt;/b&gt;: of the geometry; that of the layer where left out&lt;/li&gt;&lt;/ul&gt;&lt;h4&gt;Example&lt;/h4&gt;&lt;code&gt;rsvlm_description($geometry)&lt;/code&gt;&lt;p&gt;For sentences of earlier sessions use overlay_intersects() with their layer; to describe every polygon of a layer, the algorithm Describe features.&lt;/p&gt;</source>
            <translation>&lt;h3&gt;rsvlm_description&lt;/h3&gt;&lt;p&gt;Was die neueste Beschreibung dieser Sitzung über den Ort sagt, an dem die Mitte einer Geometrie liegt: der Satz zu diesem Teil der Region. NULL, wo nichts beschrieben wurde; nichts wird neu angesehen.&lt;/p&gt;&lt;h4&gt;Syntax&lt;/h4&gt;&lt;code&gt;rsvlm_description(Geometrie[, KBS])&lt;/code&gt;&lt;h4&gt;Argumente&lt;/h4&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;Geometrie&lt;/b&gt;: der Ort&lt;/li&gt;&lt;li&gt;&lt;b&gt;KBS&lt;/b&gt;: das der Geometrie; ohne Angabe das des Layers&lt;/li&gt;&lt;/ul&gt;&lt;h4&gt;Beispiel&lt;/h4&gt;&lt;code&gt;rsvlm_description($geometry)&lt;/code&gt;&lt;p&gt;Für Sätze früherer Sitzungen dient overlay_intersects() mit deren Layer; um jedes Polygon eines Layers zu beschreiben, der Algorithmus „Objekte beschreiben“.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;h3&gt;rsvlm_relevance&lt;/h3&gt;&lt;p&gt;How relevant the images are to some words at a place, from 0 to 1, as the search of the RS-VLM panel says it. NULL where no image was indexed.&lt;/p&gt;&lt;h4&gt;Syntax&lt;/h4&gt;&lt;code&gt;rsvlm_relevance(words, geometry[, crs])&lt;/code&gt;&lt;h4&gt;Arguments&lt;/h4&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;words&lt;/b&gt;: in English, like 'storage tanks not water'&lt;/li&gt;&lt;li&gt;&lt;b&gt;geometry&lt;/b&gt;: the place; the best tile that meets it counts&lt;/li&gt;&lt;li&gt;&lt;b&gt;crs&lt;/b&gt;: of the geometry; that of the layer where left out&lt;/li&gt;&lt;/ul&gt;&lt;h4&gt;Example&lt;/h4&gt;&lt;code&gt;rsvlm_relevance('planes on a runway', $geometry)&lt;/code&gt;&lt;p&gt;The project's search index is read; no image is looked at. The first use of some words loads the model, which takes a second or two.&lt;/p&gt;</source>
            <translation>&lt;h3&gt;rsvlm_relevance&lt;/h3&gt;&lt;p&gt;Wie relevant die Bilder an einem Ort für einige Wörter sind, von 0 bis 1, so wie es die Suche im RS-VLM-Bedienfeld angibt. NULL, wo kein Bild indiziert wurde.&lt;/p&gt;&lt;h4&gt;Syntax&lt;/h4&gt;&lt;code&gt;rsvlm_relevance(Wörter, Geometrie[, KBS])&lt;/code&gt;&lt;h4&gt;Argumente&lt;/h4&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;Wörter&lt;/b&gt;: auf Englisch, etwa 'storage tanks not water'&lt;/li&gt;&lt;li&gt;&lt;b&gt;Geometrie&lt;/b&gt;: der Ort; es zählt die beste Kachel, die ihn berührt&lt;/li&gt;&lt;li&gt;&lt;b&gt;KBS&lt;/b&gt;: das der Geometrie; ohne Angabe das des Layers&lt;/li&gt;&lt;/ul&gt;&lt;h4&gt;Beispiel&lt;/h4&gt;&lt;code&gt;rsvlm_relevance('planes on a runway', $geometry)&lt;/code&gt;&lt;p&gt;Gelesen wird der Suchindex des Projekts; kein Bild wird angesehen. Die erste Verwendung von Wörtern lädt das Modell, was ein bis zwei Sekunden dauert.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>{name} must be told the geometry's CRS, like 'EPSG:4326'.</source>
            <translation>{name} braucht das KBS der Geometrie, etwa 'EPSG:4326'.</translation>
        </message>
        <message>
            <source>{name} needs a geometry as argument {number}, like $geometry.</source>
            <translation>{name} braucht eine Geometrie als Argument {number}, etwa $geometry.</translation>
        </message>
    </context>
    <context>
        <name>FilterNotes</name>
        <message>
            <source>Places of a relevance under {percent} % are left out.</source>
            <translation>Orte mit einer Relevanz unter {percent} % sind weggelassen.</translation>
        </message>
        <message>
            <source>Searched in {images} only.</source>
            <translation>Nur in {images} gesucht.</translation>
        </message>
        <message>
            <source>Searched within {bounds} (longitude, latitude).</source>
            <translation>Gesucht innerhalb von {bounds} (Länge, Breite).</translation>
        </message>
        <message>
            <source>Seen at {metres} m per pixel or coarser.</source>
            <translation>Gesehen mit {metres} m je Pixel oder gröber.</translation>
        </message>
        <message>
            <source>Seen at {metres} m per pixel or finer.</source>
            <translation>Gesehen mit {metres} m je Pixel oder feiner.</translation>
        </message>
    </context>
    <context>
        <name>FindObjects</name>
        <message>
            <source>&lt;p&gt;Beside these, &lt;i&gt;query&lt;/i&gt;, the default here, looks closer wherever what is looked for may be and is still in doubt: it finds most with few tiles.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Objects found&lt;/b&gt;: one polygon each, in the image's coordinate system, with phrase, score, and area and sides measured on the ellipsoid. Polygons are boxes along the image's rows and columns. Of what the model was not trained to find one by one, such as a forest, they are areas that look so, without sides. &lt;b&gt;Number found&lt;/b&gt;: how many.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was found by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Außerdem sieht &lt;i&gt;query&lt;/i&gt;, hier voreingestellt, überall dort genauer hin, wo das Gesuchte sein kann und noch zweifelhaft ist: So findet man mit wenigen Kacheln am meisten.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Gefundene Objekte&lt;/b&gt;: je ein Polygon im Koordinatensystem des Bildes, mit Begriff, Bewertung sowie Fläche und Seiten, gemessen auf dem Ellipsoid. Polygone sind Rechtecke entlang der Zeilen und Spalten des Bildes. Was das Modell nicht einzeln zu finden gelernt hat, etwa Wald, umreißen sie als Flächen, die so aussehen, ohne Seiten. &lt;b&gt;Anzahl gefunden&lt;/b&gt;: wie viele.&lt;/p&gt;&lt;p&gt;Abbrechen behält, was bis dahin gefunden wurde. Ein Modell antwortet: Prüfen Sie, worauf es ankommt.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Looks for things by their names, coarse to fine, and outlines each object once, wherever the model's tiles meet.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Phrases&lt;/b&gt;: what to find, in English, one phrase a line or separated by commas, like &lt;i&gt;storage tank, ship&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Least score&lt;/b&gt;: leaves out objects less sure, 0 to 1; empty takes the model's own threshold.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Sucht Dinge nach ihren Namen, vom Groben zum Feinen, und umreißt jedes Objekt einmal, wo auch immer die Kacheln des Modells aneinanderstoßen.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Begriffe&lt;/b&gt;: was zu finden ist, auf Englisch, ein Begriff je Zeile oder durch Kommas getrennt, etwa &lt;i&gt;storage tank, ship&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mindestbewertung&lt;/b&gt;: lässt weniger sichere Objekte weg, 0 bis 1; leer gilt die eigene Schwelle des Modells.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was found.</source>
            <translation>Abgebrochen, bevor etwas gefunden wurde.</translation>
        </message>
        <message>
            <source>Find objects</source>
            <translation>Objekte finden</translation>
        </message>
        <message>
            <source>Least score</source>
            <translation>Mindestbewertung</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Number found</source>
            <translation>Anzahl gefunden</translation>
        </message>
        <message>
            <source>Objects found</source>
            <translation>Gefundene Objekte</translation>
        </message>
        <message>
            <source>Outlines every object that words name, each with a score.</source>
            <translation>Umreißt jedes Objekt, das Wörter benennen, jedes mit einer Bewertung.</translation>
        </message>
        <message>
            <source>Phrases</source>
            <translation>Begriffe</translation>
        </message>
    </context>
    <context>
        <name>FindPanel</name>
        <message>
            <source>; {count} less sure, move the slider to see them</source>
            <translation>; {count} weniger sichere, zu sehen mit dem Regler</translation>
        </message>
        <message>
            <source>Add a raster layer to the project first.</source>
            <translation>Fügen Sie dem Projekt zuerst einen Rasterlayer hinzu.</translation>
        </message>
        <message>
            <source>Add a raster layer to the project to find things on it.</source>
            <translation>Fügen Sie dem Projekt einen Rasterlayer hinzu, um darauf etwas zu finden.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>Choose a region and name what to find, in English, one thing or several.
Each is outlined on the map, with a score.

For example:</source>
            <translation>Wählen Sie eine Region und sagen Sie auf Englisch, was zu finden ist, eines oder mehreres.
Jedes wird auf der Karte umrissen, mit einer Bewertung.

Zum Beispiel:</translation>
        </message>
        <message>
            <source>Click an object, or a phrase for all of them, to zoom there</source>
            <translation>Klicken Sie auf ein Objekt, oder auf einen Begriff für alle davon, um dorthin zu zoomen</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Finden</translation>
        </message>
        <message>
            <source>Find these in the region</source>
            <translation>Diese in der Region finden</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Layer</translation>
        </message>
        <message>
            <source>Name what to find, like: storage tank</source>
            <translation>Sagen Sie, was zu finden ist, etwa: storage tank</translation>
        </message>
        <message>
            <source>Nothing found of: {phrases}.</source>
            <translation>Nichts gefunden von: {phrases}.</translation>
        </message>
        <message>
            <source>Objects are still being looked for.</source>
            <translation>Es wird noch nach Objekten gesucht.</translation>
        </message>
        <message>
            <source>Objects found, by phrase</source>
            <translation>Gefundene Objekte, nach Begriff</translation>
        </message>
        <message>
            <source>Outline every such object (Return)</source>
            <translation>Jedes solche Objekt umreißen (Eingabetaste)</translation>
        </message>
        <message>
            <source>Progress of finding</source>
            <translation>Fortschritt des Findens</translation>
        </message>
        <message>
            <source>RS-VLM find: {phrases}</source>
            <translation>RS-VLM-Funde: {phrases}</translation>
        </message>
        <message>
            <source>Show the result layer and zoom to what was found</source>
            <translation>Den Ergebnislayer zeigen und auf das Gefundene zoomen</translation>
        </message>
        <message>
            <source>Stopped early: only part of the region was looked at.</source>
            <translation>Vorzeitig beendet: Nur ein Teil der Region wurde angesehen.</translation>
        </message>
        <message>
            <source>The layer is being edited: save the edits, then move the slider again.</source>
            <translation>Der Layer wird bearbeitet: Speichern Sie die Änderungen und bewegen Sie dann den Regler noch einmal.</translation>
        </message>
        <message>
            <source>This place cannot be shown on the map.</source>
            <translation>Dieser Ort lässt sich nicht auf der Karte zeigen.</translation>
        </message>
        <message>
            <source>What is found appears here.</source>
            <translation>Was gefunden wird, erscheint hier.</translation>
        </message>
        <message>
            <source>{count} found with {score} or more</source>
            <translation>{count} gefunden mit {score} oder mehr</translation>
        </message>
    </context>
    <context>
        <name>FindTask</name>
        <message>
            <source>Find on {layer}</source>
            <translation>Finden auf {layer}</translation>
        </message>
        <message>
            <source>Finding on {layer} stopped unexpectedly.</source>
            <translation>Das Finden auf {layer} wurde unerwartet beendet.</translation>
        </message>
        <message>
            <source>The project was closed while objects were being looked for, so finding ended early.</source>
            <translation>Das Projekt wurde geschlossen, während nach Objekten gesucht wurde; das Finden endete deshalb vorzeitig.</translation>
        </message>
        <message>
            <source>{layer} was removed while objects were being looked for, so finding ended early.</source>
            <translation>{layer} wurde entfernt, während nach Objekten gesucht wurde; das Finden endete deshalb vorzeitig.</translation>
        </message>
    </context>
    <context>
        <name>IndexAlgorithm</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Model bundle&lt;/b&gt;: a zip, or the bundle.json of a folder; empty takes the model chosen in the options. An index belongs to the model it was built with.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Modellpaket&lt;/b&gt;: ein Zip oder die bundle.json eines Ordners; leer gilt das in den Optionen gewählte Modell. Ein Index gehört zu dem Modell, mit dem er aufgebaut wurde.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Model bundle (*.zip bundle.json)</source>
            <translation>Modellpaket (*.zip bundle.json)</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>search,imagery</source>
            <translation>Suche,Bilder</translation>
        </message>
    </context>
    <context>
        <name>IndexBar</name>
        <message>
            <source> Changed since: {names}.</source>
            <translation> Seither geändert: {names}.</translation>
        </message>
        <message>
            <source> Read again, it finds smaller places.</source>
            <translation> Neu gelesen, findet er auch kleinere Orte.</translation>
        </message>
        <message>
            <source> {images} not finished.</source>
            <translation> {images} nicht fertig.</translation>
        </message>
        <message>
            <source>Add an index file…</source>
            <translation>Indexdatei hinzufügen…</translation>
        </message>
        <message>
            <source>Build again…</source>
            <translation>Neu aufbauen…</translation>
        </message>
        <message>
            <source>Build anew</source>
            <translation>Neu aufbauen</translation>
        </message>
        <message>
            <source>Build, change, update or show the index</source>
            <translation>Den Index aufbauen, ändern, aktualisieren oder zeigen</translation>
        </message>
        <message>
            <source>Choose images…</source>
            <translation>Bilder wählen…</translation>
        </message>
        <message>
            <source>Continue index</source>
            <translation>Index fortsetzen</translation>
        </message>
        <message>
            <source>Forget the index</source>
            <translation>Den Index vergessen</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>Index</translation>
        </message>
        <message>
            <source>Progress of the index</source>
            <translation>Fortschritt des Index</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>Neu lesen</translation>
        </message>
        <message>
            <source>Show what was looked at</source>
            <translation>Zeigen, was angesehen wurde</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Beginnt…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Stop; what was looked at is kept to go on from</source>
            <translation>Anhalten; was angesehen wurde, bleibt und wird fortgesetzt</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Hält an…</translation>
        </message>
        <message>
            <source>The index was made with another model than the one chosen, so it cannot be searched.</source>
            <translation>Der Index wurde mit einem anderen Modell als dem gewählten aufgebaut und kann deshalb nicht durchsucht werden.</translation>
        </message>
        <message>
            <source>Update</source>
            <translation>Aktualisieren</translation>
        </message>
        <message>
            <source>Update index</source>
            <translation>Index aktualisieren</translation>
        </message>
        <message>
            <source>What to do about the index</source>
            <translation>Was mit dem Index zu tun ist</translation>
        </message>
        <message>
            <source>{images}, {tiles}, {size}.</source>
            <translation>{images}, {tiles}, {size}.</translation>
        </message>
    </context>
    <context>
        <name>IndexControl</name>
        <message>
            <source>Add an index file</source>
            <translation>Indexdatei hinzufügen</translation>
        </message>
        <message>
            <source>Search index (*.gpkg)</source>
            <translation>Suchindex (*.gpkg)</translation>
        </message>
        <message>
            <source>This index was made elsewhere: update it where its images are.</source>
            <translation>Dieser Index wurde anderswo aufgebaut: Aktualisieren Sie ihn dort, wo seine Bilder sind.</translation>
        </message>
        <message>
            <source>{images} could not be indexed. {first}</source>
            <translation>{images} konnten nicht indiziert werden. {first}</translation>
        </message>
        <message>
            <source>{name} cannot be opened as a layer.</source>
            <translation>{name} lässt sich nicht als Layer öffnen.</translation>
        </message>
    </context>
    <context>
        <name>IndexTask</name>
        <message>
            <source>Build search index</source>
            <translation>Suchindex aufbauen</translation>
        </message>
        <message>
            <source>Building the index stopped unexpectedly.</source>
            <translation>Das Aufbauen des Index wurde unerwartet beendet.</translation>
        </message>
        <message>
            <source>Choose another place for the index.</source>
            <translation>Wählen Sie einen anderen Platz für den Index.</translation>
        </message>
        <message>
            <source>Loading the model…</source>
            <translation>Das Modell wird geladen…</translation>
        </message>
        <message>
            <source>Looking for images…</source>
            <translation>Bilder werden gesucht…</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be made: {reason}.</source>
            <translation>Der Ordner {folder} lässt sich nicht anlegen: {reason}.</translation>
        </message>
    </context>
    <context>
        <name>LayerPicker</name>
        <message>
            <source>Follow the active layer</source>
            <translation>Dem aktiven Layer folgen</translation>
        </message>
        <message>
            <source>Follow the active raster layer. Picking a layer by hand switches this off.</source>
            <translation>Dem aktiven Rasterlayer folgen. Wer einen Layer von Hand wählt, schaltet dies aus.</translation>
        </message>
        <message>
            <source>Raster layer to look at</source>
            <translation>Rasterlayer, der angesehen wird</translation>
        </message>
    </context>
    <context>
        <name>MapResults</name>
        <message>
            <source>Both</source>
            <translation>Beides</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>Heatmap</translation>
        </message>
        <message>
            <source>Outlines by relevance</source>
            <translation>Umrisse nach Relevanz</translation>
        </message>
        <message>
            <source>Put the places into the project as a temporary layer</source>
            <translation>Die Orte als temporären Layer ins Projekt legen</translation>
        </message>
        <message>
            <source>Show on map</source>
            <translation>Auf der Karte zeigen</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source> and </source>
            <translation> und </translation>
        </message>
        <message>
            <source>Install…</source>
            <translation>Installieren…</translation>
        </message>
        <message>
            <source>To describe images, {packages} must be installed first.</source>
            <translation>Um Bilder zu beschreiben, muss zuerst {packages} installiert werden.</translation>
        </message>
    </context>
    <context>
        <name>NewestJob</name>
        <message>
            <source>The log messages panel says more.</source>
            <translation>Das Bedienfeld Protokoll sagt mehr.</translation>
        </message>
        <message>
            <source>The search stopped unexpectedly.</source>
            <translation>Die Suche wurde unerwartet beendet.</translation>
        </message>
    </context>
    <context>
        <name>OptionsPage</name>
        <message>
            <source>Bundle</source>
            <translation>Paket</translation>
        </message>
        <message>
            <source>Entries of {name}: {count}.</source>
            <translation>Einträge von {name}: {count}.</translation>
        </message>
        <message>
            <source>In use now</source>
            <translation>Jetzt in Gebrauch</translation>
        </message>
        <message>
            <source>Kept in</source>
            <translation>Abgelegt in</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Model bundle (bundle.json *.zip)</source>
            <translation>Modellpaket (bundle.json *.zip)</translation>
        </message>
        <message>
            <source>Own knowledge</source>
            <translation>Eigenes Wissen</translation>
        </message>
        <message>
            <source>Own knowledge (*.json)</source>
            <translation>Eigenes Wissen (*.json)</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Ergebnisse</translation>
        </message>
        <message>
            <source>Runs on</source>
            <translation>Läuft auf</translation>
        </message>
        <message>
            <source>The model chosen above looks nothing up.</source>
            <translation>Das oben gewählte Modell schlägt nichts nach.</translation>
        </message>
        <message>
            <source>graphics card (CUDA)</source>
            <translation>Grafikkarte (CUDA)</translation>
        </message>
        <message>
            <source>graphics card where it works, else processor</source>
            <translation>Grafikkarte, wo sie geht, sonst Prozessor</translation>
        </message>
        <message>
            <source>nothing beside what comes with the model</source>
            <translation>nichts außer dem, was mit dem Modell kommt</translation>
        </message>
        <message>
            <source>nothing yet: the model is loaded at first use</source>
            <translation>noch nichts: Das Modell wird bei der ersten Verwendung geladen</translation>
        </message>
        <message>
            <source>processor</source>
            <translation>Prozessor</translation>
        </message>
        <message>
            <source>the model that comes with the plugin</source>
            <translation>das Modell, das mit der Erweiterung kommt</translation>
        </message>
        <message>
            <source>{name} {version}, {licence}; can {actions}.</source>
            <translation>{name} {version}, {licence}; kann {actions}.</translation>
        </message>
    </context>
    <context>
        <name>PhraseEdit</name>
        <message>
            <source>Name the things in English, one or several, separated by commas or lines.
Return finds, Shift+Return begins a new line.</source>
            <translation>Benennen Sie die Dinge auf Englisch, eines oder mehrere, getrennt durch Kommas oder Zeilen.
Die Eingabetaste findet, mit der Umschalttaste beginnt sie eine neue Zeile.</translation>
        </message>
        <message>
            <source>What to find</source>
            <translation>Was zu finden ist</translation>
        </message>
        <message>
            <source>for example: plane, storage tank</source>
            <translation>zum Beispiel: plane, storage tank</translation>
        </message>
    </context>
    <context>
        <name>PinnedRegion</name>
        <message>
            <source>polygon</source>
            <translation>Polygon</translation>
        </message>
        <message>
            <source>rectangle</source>
            <translation>Rechteck</translation>
        </message>
        <message>
            <source>selected features</source>
            <translation>gewählte Objekte</translation>
        </message>
        <message>
            <source>what the map showed</source>
            <translation>was die Karte zeigte</translation>
        </message>
        <message>
            <source>whole layer</source>
            <translation>ganzer Layer</translation>
        </message>
        <message>
            <source>{layer}, {region}: {size}</source>
            <translation>{layer}, {region}: {size}</translation>
        </message>
    </context>
    <context>
        <name>PolicyNames</name>
        <message>
            <source>at random places</source>
            <translation>an zufälligen Orten</translation>
        </message>
        <message>
            <source>everywhere alike</source>
            <translation>überall gleich</translation>
        </message>
        <message>
            <source>where it may be found</source>
            <translation>wo es zu finden sein kann</translation>
        </message>
        <message>
            <source>where there is detail</source>
            <translation>wo viel zu sehen ist</translation>
        </message>
    </context>
    <context>
        <name>ProcessingFeedback</name>
        <message>
            <source>Build one with the algorithm Build search index (rsvlm:buildindex).</source>
            <translation>Bauen Sie einen mit dem Algorithmus Suchindex aufbauen (rsvlm:buildindex) auf.</translation>
        </message>
    </context>
    <context>
        <name>ProjectLog</name>
        <message>
            <source>The session log of this project is damaged and was left out.</source>
            <translation>Das Sitzungsprotokoll dieses Projekts ist beschädigt und wurde weggelassen.</translation>
        </message>
        <message>
            <source>The session log of this project was written by a newer RS-VLM: it is kept as it is, and new answers are not saved with the project. Update the plugin.</source>
            <translation>Das Sitzungsprotokoll dieses Projekts wurde von einem neueren RS-VLM geschrieben: Es bleibt, wie es ist, und neue Antworten werden nicht mit dem Projekt gespeichert. Aktualisieren Sie die Erweiterung.</translation>
        </message>
        <message>
            <source>{count} answers of this project's session log could not be read.</source>
            <translation>{count} Antworten des Sitzungsprotokolls dieses Projekts ließen sich nicht lesen.</translation>
        </message>
    </context>
    <context>
        <name>QueryLine</name>
        <message>
            <source>Earlier searches (Alt+Down)</source>
            <translation>Frühere Suchen (Alt+Pfeil nach unten)</translation>
        </message>
        <message>
            <source>Forget these</source>
            <translation>Diese vergessen</translation>
        </message>
        <message>
            <source>Nothing searched for yet</source>
            <translation>Noch nichts gesucht</translation>
        </message>
        <message>
            <source>Say in English what is to be seen, like: planes on a runway.
not, or a minus before a word, says what must not be there: houses not trees, field -"tennis court".
Arrow down goes to the results, Alt and arrow down shows earlier searches.</source>
            <translation>Sagen Sie auf Englisch, was zu sehen sein soll, etwa: planes on a runway.
not oder ein Minus vor einem Wort sagt, was nicht da sein darf: houses not trees, field -"tennis court".
Pfeil nach unten geht zu den Ergebnissen, Alt und Pfeil nach unten zeigt frühere Suchen.</translation>
        </message>
        <message>
            <source>What to look for</source>
            <translation>Was gesucht wird</translation>
        </message>
        <message>
            <source>for example: storage tanks not water</source>
            <translation>zum Beispiel: storage tanks not water</translation>
        </message>
    </context>
    <context>
        <name>QuestionLine</name>
        <message>
            <source>Ask in English: whether something is there, how many, which is more, where, how large or long, what the scene or the land cover is, rural or urban.
Return asks; arrow up brings back earlier questions.</source>
            <translation>Fragen Sie auf Englisch: ob etwas da ist, wie viele, wovon mehr, wo, wie groß oder lang, was die Szene oder Landbedeckung ist, ländlich oder städtisch.
Die Eingabetaste fragt; Pfeil nach oben holt frühere Fragen zurück.</translation>
        </message>
        <message>
            <source>Question about the region</source>
            <translation>Frage zur Region</translation>
        </message>
        <message>
            <source>for example: how many planes are there?</source>
            <translation>zum Beispiel: how many planes are there?</translation>
        </message>
    </context>
    <context>
        <name>RegionAlgorithm</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt;, &lt;b&gt;Polygons&lt;/b&gt;: the region, in any coordinate system; where both are given, what they have in common; where neither, all of the image.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Ausdehnung&lt;/b&gt;, &lt;b&gt;Polygone&lt;/b&gt;: die Region, in einem beliebigen Koordinatensystem; sind beide angegeben, was sie gemeinsam haben; ist keines angegeben, das ganze Bild.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Ausdehnung</translation>
        </message>
        <message>
            <source>Polygons</source>
            <translation>Polygone</translation>
        </message>
    </context>
    <context>
        <name>RegionChooser</name>
        <message>
            <source>Chosen region</source>
            <translation>Gewählte Region</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Click the corners on the map; a right click ends, Backspace takes one back, Esc gives up.</source>
            <translation>Klicken Sie die Ecken auf der Karte an; ein Rechtsklick beendet, die Rücktaste nimmt eine zurück, Esc gibt auf.</translation>
        </message>
        <message>
            <source>Current view</source>
            <translation>Jetzige Ansicht</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map. Esc gives up.</source>
            <translation>Ziehen Sie ein Rechteck auf der Karte auf. Esc gibt auf.</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Zeichnen</translation>
        </message>
        <message>
            <source>Draw a new region on the map</source>
            <translation>Eine neue Region auf die Karte zeichnen</translation>
        </message>
        <message>
            <source>No feature of this layer is selected.</source>
            <translation>Kein Objekt dieses Layers ist gewählt.</translation>
        </message>
        <message>
            <source>Nothing drawn yet: press the pencil and click the corners.</source>
            <translation>Noch nichts gezeichnet: Drücken Sie den Stift und klicken Sie die Ecken an.</translation>
        </message>
        <message>
            <source>Nothing drawn yet: press the pencil and drag a rectangle.</source>
            <translation>Noch nichts gezeichnet: Drücken Sie den Stift und ziehen Sie ein Rechteck auf.</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Polygon</translation>
        </message>
        <message>
            <source>Polygon layer whose selected features are described</source>
            <translation>Polygonlayer, dessen gewählte Objekte beschrieben werden</translation>
        </message>
        <message>
            <source>Polygon layer with the selected features</source>
            <translation>Polygonlayer mit den gewählten Objekten</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>Rechteck</translation>
        </message>
        <message>
            <source>Region to look at</source>
            <translation>Region, die angesehen wird</translation>
        </message>
        <message>
            <source>Remove the drawn region</source>
            <translation>Die gezeichnete Region entfernen</translation>
        </message>
        <message>
            <source>Selected features</source>
            <translation>Gewählte Objekte</translation>
        </message>
        <message>
            <source>The project has no polygon layer to take features from.</source>
            <translation>Das Projekt hat keinen Polygonlayer, aus dem Objekte kommen könnten.</translation>
        </message>
        <message>
            <source>The region cannot be expressed in the layer's coordinate system.</source>
            <translation>Die Region lässt sich im Koordinatensystem des Layers nicht ausdrücken.</translation>
        </message>
        <message>
            <source>Which part of the image to look at</source>
            <translation>Welcher Teil des Bildes angesehen wird</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <translation>Ganzer Layer</translation>
        </message>
    </context>
    <context>
        <name>RegionFilter</name>
        <message>
            <source>Click the corners on the map; a right click ends, Esc gives up.</source>
            <translation>Klicken Sie die Ecken auf der Karte an; ein Rechtsklick beendet, Esc gibt auf.</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map. Esc gives up.</source>
            <translation>Ziehen Sie ein Rechteck auf der Karte auf. Esc gibt auf.</translation>
        </message>
        <message>
            <source>Draw it again</source>
            <translation>Neu zeichnen</translation>
        </message>
        <message>
            <source>Part of the map to search</source>
            <translation>Teil der Karte, der durchsucht wird</translation>
        </message>
        <message>
            <source>Search everywhere, in what the map showed when this was chosen, or in a drawing</source>
            <translation>Überall suchen, in dem, was die Karte zeigte, als dies gewählt wurde, oder in einer Zeichnung</translation>
        </message>
        <message>
            <source>Search in what the map shows now</source>
            <translation>In dem suchen, was die Karte jetzt zeigt</translation>
        </message>
        <message>
            <source>Take the view again</source>
            <translation>Ansicht neu nehmen</translation>
        </message>
        <message>
            <source>everywhere</source>
            <translation>überall</translation>
        </message>
        <message>
            <source>in a polygon</source>
            <translation>in einem Polygon</translation>
        </message>
        <message>
            <source>in a rectangle</source>
            <translation>in einem Rechteck</translation>
        </message>
        <message>
            <source>in the current view</source>
            <translation>in der jetzigen Ansicht</translation>
        </message>
    </context>
    <context>
        <name>RegionSize</name>
        <message>
            <source>The region lies outside the layer.</source>
            <translation>Die Region liegt außerhalb des Layers.</translation>
        </message>
        <message>
            <source>{columns} × {rows} px</source>
            <translation>{columns} × {rows} px</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>About</source>
            <translation>Worüber</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Danach</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Fläche</translation>
        </message>
        <message>
            <source>Bands and the values stretched</source>
            <translation>Kanäle und die gestreckten Werte</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Davor</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Änderung</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Beschreibung</translation>
        </message>
        <message>
            <source>Description of {raster}</source>
            <translation>Beschreibung von {raster}</translation>
        </message>
        <message>
            <source>Each change</source>
            <translation>Jede Änderung</translation>
        </message>
        <message>
            <source>Each object</source>
            <translation>Jedes Objekt</translation>
        </message>
        <message>
            <source>Entry</source>
            <translation>Eintrag</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Belege</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Finden</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <source>Full provenance</source>
            <translation>Vollständige Herkunft</translation>
        </message>
        <message>
            <source>Gained</source>
            <translation>Hinzugekommen</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>Gut zu wissen</translation>
        </message>
        <message>
            <source>Ground sample distance</source>
            <translation>Bodenauflösung</translation>
        </message>
        <message>
            <source>How often the decoder was asked</source>
            <translation>So oft wurde der Decoder gefragt</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Image after</source>
            <translation>Bild danach</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Knowledge the sentence on top leant on</source>
            <translation>Wissen, auf das sich der Satz oben stützt</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Less certain: {names}</source>
            <translation>Weniger sicher: {names}</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Ebene</translation>
        </message>
        <message>
            <source>Likeness</source>
            <translation>Ähnlichkeit</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Verschwunden</translation>
        </message>
        <message>
            <source>Made with</source>
            <translation>Gemacht mit</translation>
        </message>
        <message>
            <source>Map of the described region</source>
            <translation>Karte der beschriebenen Region</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Model bundle (SHA-256)</source>
            <translation>Modellpaket (SHA-256)</translation>
        </message>
        <message>
            <source>No.</source>
            <translation>Nr.</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Nichts gefunden.</translation>
        </message>
        <message>
            <source>Object</source>
            <translation>Objekt</translation>
        </message>
        <message>
            <source>Objects</source>
            <translation>Objekte</translation>
        </message>
        <message>
            <source>Objects of a score under {percent} are left out.</source>
            <translation>Objekte mit einer Bewertung unter {percent} sind weggelassen.</translation>
        </message>
        <message>
            <source>Objects, and in how many places</source>
            <translation>Objekte, und an wie vielen Orten</translation>
        </message>
        <message>
            <source>Outlined</source>
            <translation>Umrissen</translation>
        </message>
        <message>
            <source>Parts of the region</source>
            <translation>Teile der Region</translation>
        </message>
        <message>
            <source>Phrase</source>
            <translation>Begriff</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>Orte</translation>
        </message>
        <message>
            <source>Places found by: {methods}.</source>
            <translation>Orte gefunden durch: {methods}.</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Frage</translation>
        </message>
        <message>
            <source>RS-VLM session</source>
            <translation>RS-VLM-Sitzung</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>Region</translation>
        </message>
        <message>
            <source>Relevance</source>
            <translation>Relevanz</translation>
        </message>
        <message>
            <source>Resolution</source>
            <translation>Auflösung</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Bewertung</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>Stopped early: only part of the region was looked at.</source>
            <translation>Vorzeitig beendet: Nur ein Teil der Region wurde angesehen.</translation>
        </message>
        <message>
            <source>Tiles looked at</source>
            <translation>Angesehene Kacheln</translation>
        </message>
        <message>
            <source>Tiles looked at again</source>
            <translation>Noch einmal angesehene Kacheln</translation>
        </message>
        <message>
            <source>Tiles searched</source>
            <translation>Durchsuchte Kacheln</translation>
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
            <source>Where this comes from</source>
            <translation>Woher dies kommt</translation>
        </message>
        <message>
            <source>Whole region</source>
            <translation>Ganze Region</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>Breite</translation>
        </message>
        <message>
            <source>Written by a model and checked by nobody.</source>
            <translation>Von einem Modell geschrieben und von niemandem geprüft.</translation>
        </message>
        <message>
            <source>confidence {percent}</source>
            <translation>Sicherheit {percent}</translation>
        </message>
        <message>
            <source>model licence {licence}</source>
            <translation>Modell-Lizenz {licence}</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
        <message>
            <source>object</source>
            <translation>Objekt</translation>
        </message>
        <message>
            <source>part</source>
            <translation>Teil</translation>
        </message>
        <message>
            <source>pixels</source>
            <translation>Pixel</translation>
        </message>
        <message>
            <source>policy {policy}</source>
            <translation>Strategie {policy}</translation>
        </message>
        <message>
            <source>scene</source>
            <translation>Szene</translation>
        </message>
        <message>
            <source>the picture as a whole</source>
            <translation>das Bild als Ganzes</translation>
        </message>
        <message>
            <source>under 1 %</source>
            <translation>unter 1 %</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>{count} more are not listed here.</source>
            <translation>{count} weitere sind hier nicht aufgeführt.</translation>
        </message>
        <message>
            <source>{metres} m</source>
            <translation>{metres} m</translation>
        </message>
        <message>
            <source>{percent} of the area</source>
            <translation>{percent} der Fläche</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{used} of {budget} tiles</source>
            <translation>{used} von {budget} Kacheln</translation>
        </message>
    </context>
    <context>
        <name>ResultDelegate</name>
        <message>
            <source>More like this (+)</source>
            <translation>Mehr davon (+)</translation>
        </message>
        <message>
            <source>Not like this (-)</source>
            <translation>So etwas nicht (-)</translation>
        </message>
    </context>
    <context>
        <name>ResultList</name>
        <message>
            <source>More like this	+</source>
            <translation>Mehr davon	+</translation>
        </message>
        <message>
            <source>Not like this	-</source>
            <translation>So etwas nicht	-</translation>
        </message>
        <message>
            <source>Places found</source>
            <translation>Gefundene Orte</translation>
        </message>
        <message>
            <source>Zoom to it</source>
            <translation>Dorthin zoomen</translation>
        </message>
    </context>
    <context>
        <name>ResultModel</name>
        <message>
            <source>Relevance: how much likelier your words are than anything else the model has a name for. It does not prove that the thing is there.</source>
            <translation>Relevanz: wie viel wahrscheinlicher Ihre Wörter sind als alles andere, wofür das Modell einen Namen hat. Sie beweist nicht, dass das Ding da ist.</translation>
        </message>
        <message>
            <source>Similarity to the examples, -1 to 1. It orders places; it is no probability.</source>
            <translation>Ähnlichkeit mit den Beispielen, -1 bis 1. Sie ordnet Orte; eine Wahrscheinlichkeit ist sie nicht.</translation>
        </message>
        <message>
            <source>relevance &lt; 1 %</source>
            <translation>Relevanz &lt; 1 %</translation>
        </message>
        <message>
            <source>relevance {percent} %</source>
            <translation>Relevanz {percent} %</translation>
        </message>
        <message>
            <source>similarity {score}</source>
            <translation>Ähnlichkeit {score}</translation>
        </message>
        <message>
            <source>{rank}: {place}, {score}</source>
            <translation>{rank}: {place}, {score}</translation>
        </message>
        <message>
            <source>{size} m/px</source>
            <translation>{size} m/px</translation>
        </message>
    </context>
    <context>
        <name>ResultPages</name>
        <message>
            <source>Build index…</source>
            <translation>Index aufbauen…</translation>
        </message>
        <message>
            <source>Choose images, see what it takes, and let the model look at them once</source>
            <translation>Bilder wählen, sehen, was es braucht, und das Modell sie einmal ansehen lassen</translation>
        </message>
    </context>
    <context>
        <name>ResultsView</name>
        <message>
            <source>All that was asked in this project: export a report, clear the log</source>
            <translation>Alles, was in diesem Projekt gefragt wurde: Bericht exportieren, Protokoll leeren</translation>
        </message>
        <message>
            <source>Click a phrase to see it on the map, right-click it to find every such object</source>
            <translation>Ein Klick auf ein Wort zeigt es auf der Karte, ein Rechtsklick findet jedes solche Objekt</translation>
        </message>
        <message>
            <source>Cop&amp;y</source>
            <translation>&amp;Kopieren</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Kopiert.</translation>
        </message>
        <message>
            <source>Copy the text</source>
            <translation>Den Text kopieren</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Beschreibung</translation>
        </message>
        <message>
            <source>Find every {name}</source>
            <translation>Alle finden: {name}</translation>
        </message>
        <message>
            <source>L&amp;ayers</source>
            <translation>La&amp;yer</translation>
        </message>
        <message>
            <source>Repor&amp;t…</source>
            <translation>Ber&amp;icht…</translation>
        </message>
        <message>
            <source>Save a report: an HTML page that any browser opens</source>
            <translation>Einen Bericht speichern: eine HTML-Seite, die jeder Browser öffnet</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>Sitzung</translation>
        </message>
        <message>
            <source>Show the result layers and zoom to what was described</source>
            <translation>Die Ergebnislayer zeigen und auf das Beschriebene zoomen</translation>
        </message>
    </context>
    <context>
        <name>RsVlmAlgorithm</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Resolution for web layers&lt;/b&gt;: map units per pixel, because XYZ, WMS and WMTS layers have no pixels of their own; empty chooses one that suits the area. Ignored for other layers.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model bundle&lt;/b&gt;: a zip, or the bundle.json of a folder; empty takes the model chosen in the options.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Auflösung für Web-Layer&lt;/b&gt;: Karteneinheiten je Pixel, denn XYZ-, WMS- und WMTS-Layer haben keine eigenen Pixel; leer wird eine gewählt, die zur Fläche passt. Für andere Layer ohne Bedeutung.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Modellpaket&lt;/b&gt;: ein Zip oder die bundle.json eines Ordners; leer gilt das in den Optionen gewählte Modell.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Where to look closer&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; looks closer where there is most to see, &lt;i&gt;fixed&lt;/i&gt; at all places alike, &lt;i&gt;random&lt;/i&gt; anywhere.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Budget (tiles)&lt;/b&gt;: most tiles the model looks at; time grows with it.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Wo genauer hinsehen&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; sieht dort genauer hin, wo am meisten zu sehen ist, &lt;i&gt;fixed&lt;/i&gt; überall gleich, &lt;i&gt;random&lt;/i&gt; irgendwo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Budget (Kacheln)&lt;/b&gt;: So viele Kacheln sieht das Modell höchstens an; die Dauer wächst damit.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;The model runs on this computer; nothing is uploaded.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Image&lt;/b&gt;: a raster layer of 1 to many bands, with or without a coordinate system; web layers too.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Das Modell läuft auf diesem Rechner; nichts wird hochgeladen.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Bild&lt;/b&gt;: ein Rasterlayer mit einem bis vielen Kanälen, mit oder ohne Koordinatensystem; auch Web-Layer.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Budget (tiles)</source>
            <translation>Budget (Kacheln)</translation>
        </message>
        <message>
            <source>Describe</source>
            <translation>Beschreiben</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Model bundle (*.zip bundle.json)</source>
            <translation>Modellpaket (*.zip bundle.json)</translation>
        </message>
        <message>
            <source>Resolution for web layers</source>
            <translation>Auflösung für Web-Layer</translation>
        </message>
        <message>
            <source>Where to look closer</source>
            <translation>Wo genauer hinsehen</translation>
        </message>
        <message>
            <source>caption,description,imagery</source>
            <translation>Bildunterschrift,Beschreibung,Bilder</translation>
        </message>
    </context>
    <context>
        <name>RsVlmPlugin</name>
        <message>
            <source>Ask about region</source>
            <translation>Zur Region fragen</translation>
        </message>
        <message>
            <source>Ask about region: how many, where, how large, what kind of place?</source>
            <translation>Zur Region fragen: wie viele, wo, wie groß, was für ein Ort?</translation>
        </message>
        <message>
            <source>Compare images</source>
            <translation>Bilder vergleichen</translation>
        </message>
        <message>
            <source>Compare images: what changed from one to the other?</source>
            <translation>Bilder vergleichen: Was hat sich vom einen zum anderen geändert?</translation>
        </message>
        <message>
            <source>Describe region</source>
            <translation>Region beschreiben</translation>
        </message>
        <message>
            <source>Describe region: what does this part of the image show?</source>
            <translation>Region beschreiben: Was zeigt dieser Teil des Bildes?</translation>
        </message>
        <message>
            <source>Find objects</source>
            <translation>Objekte finden</translation>
        </message>
        <message>
            <source>Find objects: outline everything that words name</source>
            <translation>Objekte finden: alles umreißen, was Wörter benennen</translation>
        </message>
        <message>
            <source>RS-VLM help</source>
            <translation>RS-VLM-Hilfe</translation>
        </message>
        <message>
            <source>RS-VLM panel</source>
            <translation>RS-VLM-Bedienfeld</translation>
        </message>
        <message>
            <source>Search by words</source>
            <translation>Mit Worten suchen</translation>
        </message>
        <message>
            <source>Search by words: where do the indexed images show it?</source>
            <translation>Mit Worten suchen: Wo zeigen die indizierten Bilder das?</translation>
        </message>
    </context>
    <context>
        <name>RsVlmProvider</name>
        <message>
            <source>RS-VLM: talk to imagery</source>
            <translation>RS-VLM: mit Bildern sprechen</translation>
        </message>
    </context>
    <context>
        <name>RunBar</name>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>Ab&amp;brechen</translation>
        </message>
        <message>
            <source>Descri&amp;be region</source>
            <translation>Region &amp;beschreiben</translation>
        </message>
        <message>
            <source>Describe what the region shows ({shortcut})</source>
            <translation>Beschreiben, was die Region zeigt ({shortcut})</translation>
        </message>
        <message>
            <source>Progress of the description</source>
            <translation>Fortschritt der Beschreibung</translation>
        </message>
    </context>
    <context>
        <name>ScoreSlider</name>
        <message>
            <source>Back to the model's own threshold, {score}</source>
            <translation>Zurück zur eigenen Schwelle des Modells, {score}</translation>
        </message>
        <message>
            <source>Least score</source>
            <translation>Mindestbewertung</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <source>Score from</source>
            <translation>Bewertung ab</translation>
        </message>
        <message>
            <source>Show what the model is at least so sure of. Less finds more, right and wrong; list and layer follow at once.</source>
            <translation>Zeigt, wessen das Modell mindestens so sicher ist. Weniger findet mehr, Richtiges und Falsches; Liste und Layer folgen sofort.</translation>
        </message>
    </context>
    <context>
        <name>SearchFilters</name>
        <message>
            <source> %</source>
            <translation> %</translation>
        </message>
        <message>
            <source> m/px</source>
            <translation> m/px</translation>
        </message>
        <message>
            <source>Coarsest resolution</source>
            <translation>Gröbste Auflösung</translation>
        </message>
        <message>
            <source>Finest resolution</source>
            <translation>Feinste Auflösung</translation>
        </message>
        <message>
            <source>Ground covered by a pixel as the model saw it: large values find wide landscapes, small values single things</source>
            <translation>Boden, den ein Pixel abdeckt, so wie das Modell es sah: Große Werte finden weite Landschaften, kleine einzelne Dinge</translation>
        </message>
        <message>
            <source>Image to search</source>
            <translation>Bild, das durchsucht wird</translation>
        </message>
        <message>
            <source>In</source>
            <translation>In</translation>
        </message>
        <message>
            <source>Least relevance</source>
            <translation>Mindestrelevanz</translation>
        </message>
        <message>
            <source>Leave out places of less relevance than this</source>
            <translation>Orte von geringerer Relevanz weglassen</translation>
        </message>
        <message>
            <source>Lift all of these limits</source>
            <translation>Alle diese Einschränkungen aufheben</translation>
        </message>
        <message>
            <source>Relevance from</source>
            <translation>Relevanz ab</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search all indexed images, or one of them</source>
            <translation>Alle indizierten Bilder durchsuchen oder eines davon</translation>
        </message>
        <message>
            <source>Search everything</source>
            <translation>Alles durchsuchen</translation>
        </message>
        <message>
            <source>Seen at</source>
            <translation>Gesehen mit</translation>
        </message>
        <message>
            <source>Where to search</source>
            <translation>Wo gesucht wird</translation>
        </message>
        <message>
            <source>Where to search (limited)</source>
            <translation>Wo gesucht wird (eingeschränkt)</translation>
        </message>
        <message>
            <source>all images</source>
            <translation>alle Bilder</translation>
        </message>
        <message>
            <source>any</source>
            <translation>jede</translation>
        </message>
        <message>
            <source>to</source>
            <translation>bis</translation>
        </message>
    </context>
    <context>
        <name>SearchIndex</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Places&lt;/b&gt;: polygons with rank and relevance, in the images' coordinate system where they share one, else in longitude and latitude. &lt;b&gt;Places found&lt;/b&gt;: how many. Relevance compares the words with other things the model has a name for: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Orte&lt;/b&gt;: Polygone mit Rang und Relevanz, im Koordinatensystem der Bilder, wo sie eines gemeinsam haben, sonst in Länge und Breite. &lt;b&gt;Gefundene Orte&lt;/b&gt;: wie viele. Die Relevanz vergleicht die Wörter mit anderem, wofür das Modell einen Namen hat: Prüfen Sie, worauf es ankommt.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Finds places by words in an index made by &lt;i&gt;Build search index&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Index&lt;/b&gt;: its GeoPackage.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Text&lt;/b&gt;: what to look for, in English, like &lt;i&gt;storage tanks not water&lt;/i&gt;; &lt;i&gt;not&lt;/i&gt; or a leading minus says what must not be there.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Concept&lt;/b&gt;: a concept saved from examples, in place of a text.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Most places&lt;/b&gt;: how many to find at most.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt;: only places in it, in any coordinate system.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Only these images&lt;/b&gt;: raster layers or files that the index holds; none means all.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Finest resolution&lt;/b&gt;, &lt;b&gt;Coarsest resolution&lt;/b&gt;: metres on the ground of a pixel as the model saw it; large values find wide landscapes, small values single things.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Least relevance&lt;/b&gt;: leaves out what is less relevant, 0 to 1.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Look closer at what is found&lt;/b&gt;: reads the images again to outline what was found in each tile; without it whole tiles are shown.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Findet Orte mit Worten in einem Index, den &lt;i&gt;Suchindex aufbauen&lt;/i&gt; gemacht hat.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Index&lt;/b&gt;: sein GeoPackage.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Text&lt;/b&gt;: was gesucht wird, auf Englisch, etwa &lt;i&gt;storage tanks not water&lt;/i&gt;; &lt;i&gt;not&lt;/i&gt; oder ein Minus davor sagt, was nicht da sein darf.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Konzept&lt;/b&gt;: ein aus Beispielen gespeichertes Konzept anstelle eines Textes.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Höchstzahl der Orte&lt;/b&gt;: wie viele höchstens zu finden sind.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Ausdehnung&lt;/b&gt;: nur Orte darin, in einem beliebigen Koordinatensystem.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Nur diese Bilder&lt;/b&gt;: Rasterlayer oder Dateien, die der Index enthält; keine heißt alle.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Feinste Auflösung&lt;/b&gt;, &lt;b&gt;Gröbste Auflösung&lt;/b&gt;: Meter am Boden je Pixel, wie das Modell es sah; große Werte finden weite Landschaften, kleine Werte einzelne Dinge.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mindestrelevanz&lt;/b&gt;: lässt weniger Relevantes weg, 0 bis 1.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Gefundenes genauer ansehen&lt;/b&gt;: liest die Bilder noch einmal, um zu umreißen, was in jeder Kachel gefunden wurde; ohne dies werden ganze Kacheln gezeigt.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Coarsest resolution</source>
            <translation>Gröbste Auflösung</translation>
        </message>
        <message>
            <source>Concept</source>
            <translation>Konzept</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Ausdehnung</translation>
        </message>
        <message>
            <source>Finds the places of indexed images that show what words say.</source>
            <translation>Findet die Orte indizierter Bilder, die zeigen, was Wörter sagen.</translation>
        </message>
        <message>
            <source>Finest resolution</source>
            <translation>Feinste Auflösung</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>Index</translation>
        </message>
        <message>
            <source>Least relevance</source>
            <translation>Mindestrelevanz</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Das Modell wird geladen</translation>
        </message>
        <message>
            <source>Look closer at what is found</source>
            <translation>Gefundenes genauer ansehen</translation>
        </message>
        <message>
            <source>Most places</source>
            <translation>Höchstzahl der Orte</translation>
        </message>
        <message>
            <source>Only these images</source>
            <translation>Nur diese Bilder</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>Orte</translation>
        </message>
        <message>
            <source>Places found</source>
            <translation>Gefundene Orte</translation>
        </message>
        <message>
            <source>Search by text</source>
            <translation>Suche mit Text</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
    </context>
    <context>
        <name>SearchLayers</name>
        <message>
            <source>Heat map</source>
            <translation>Heatmap</translation>
        </message>
        <message>
            <source>RS-VLM search: {words}</source>
            <translation>RS-VLM-Suche: {words}</translation>
        </message>
    </context>
    <context>
        <name>SearchLocatorFilter</name>
        <message>
            <source>No search index yet: build one in the RS-VLM panel</source>
            <translation>Noch kein Suchindex: Bauen Sie im RS-VLM-Bedienfeld einen auf</translation>
        </message>
        <message>
            <source>Search images by words (RS-VLM)</source>
            <translation>Bilder mit Worten durchsuchen (RS-VLM)</translation>
        </message>
        <message>
            <source>{place}, relevance {percent} %</source>
            <translation>{place}, Relevanz {percent} %</translation>
        </message>
    </context>
    <context>
        <name>SearchPanel</name>
        <message>
            <source> and </source>
            <translation> und </translation>
        </message>
        <message>
            <source>Ask for less relevance under Where to search.</source>
            <translation>Verlangen Sie unter „Wo gesucht wird“ weniger Relevanz.</translation>
        </message>
        <message>
            <source>Drag a rectangle around something to find more of. Esc gives up.</source>
            <translation>Ziehen Sie ein Rechteck um etwas auf, von dem mehr gefunden werden soll. Esc gibt auf.</translation>
        </message>
        <message>
            <source>No index yet for this project.

Build one for its image layers or for a folder of images, to search them by words.</source>
            <translation>Noch kein Index für dieses Projekt.

Bauen Sie einen für seine Bildlayer oder einen Ordner mit Bildern auf, um sie mit Worten zu durchsuchen.</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Nichts gefunden.</translation>
        </message>
        <message>
            <source>Search more widely under Where to search.</source>
            <translation>Suchen Sie unter „Wo gesucht wird“ in mehr.</translation>
        </message>
        <message>
            <source>Searching for the heat map…</source>
            <translation>Es wird für die Heatmap gesucht…</translation>
        </message>
        <message>
            <source>Searching… (the first search loads the model)</source>
            <translation>Sucht… (die erste Suche lädt das Modell)</translation>
        </message>
        <message>
            <source>The model is looking at your images.
You can search as soon as the first tiles are stored, and go on working meanwhile.</source>
            <translation>Das Modell sieht Ihre Bilder an.
Sie können suchen, sobald die ersten Kacheln gespeichert sind, und inzwischen weiterarbeiten.</translation>
        </message>
        <message>
            <source>This place cannot be shown on the map.</source>
            <translation>Dieser Ort lässt sich nicht auf der Karte zeigen.</translation>
        </message>
        <message>
            <source>To search, {packages} must be installed first: describe a region once.</source>
            <translation>Zum Suchen muss zuerst {packages} installiert werden: Beschreiben Sie einmal eine Region.</translation>
        </message>
        <message>
            <source>Type what you look for, in English, like

planes on a runway
storage tanks not water

Places appear while you type.</source>
            <translation>Tippen Sie auf Englisch, was Sie suchen, etwa

planes on a runway
storage tanks not water

Orte erscheinen schon beim Tippen.</translation>
        </message>
        <message>
            <source>{places}, best first, then {count} of little relevance.</source>
            <translation>{places}, beste zuerst, dann {count} von geringer Relevanz.</translation>
        </message>
        <message>
            <source>{places}, best first.</source>
            <translation>{places}, beste zuerst.</translation>
        </message>
    </context>
    <context>
        <name>SessionActions</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Clear session log</source>
            <translation>Sitzungsprotokoll leeren</translation>
        </message>
        <message>
            <source>Drawing the maps of the report…</source>
            <translation>Die Karten des Berichts werden gezeichnet…</translation>
        </message>
        <message>
            <source>Everything asked in this project, with maps, as PDF or as a web page</source>
            <translation>Alles, was in diesem Projekt gefragt wurde, mit Karten, als PDF oder als Webseite</translation>
        </message>
        <message>
            <source>Export session report</source>
            <translation>Sitzungsbericht exportieren</translation>
        </message>
        <message>
            <source>Export session report…</source>
            <translation>Sitzungsbericht exportieren…</translation>
        </message>
        <message>
            <source>Forget what was asked in this project; result layers stay</source>
            <translation>Vergessen, was in diesem Projekt gefragt wurde; Ergebnislayer bleiben</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>The report is saved as {path}.</source>
            <translation>Der Bericht ist gespeichert als {path}.</translation>
        </message>
        <message>
            <source>The session log is cleared.</source>
            <translation>Das Sitzungsprotokoll ist geleert.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Web page (*.html)</source>
            <translation>Webseite (*.html)</translation>
        </message>
        <message>
            <source>session</source>
            <translation>Sitzung</translation>
        </message>
    </context>
    <context>
        <name>Target</name>
        <message>
            <source>&amp;Image</source>
            <translation>&amp;Bild</translation>
        </message>
        <message>
            <source>Re&amp;gion</source>
            <translation>Re&amp;gion</translation>
        </message>
    </context>
</TS>
