<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>AskPanel</name>
        <message>
            <source>Add a raster layer to the project first.</source>
            <translation>Añada primero una capa ráster al proyecto.</translation>
        </message>
        <message>
            <source>Add a raster layer to the project to ask about it.</source>
            <translation>Añada una capa ráster al proyecto para preguntar sobre ella.</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>Preguntar</translation>
        </message>
        <message>
            <source>Ask this about the region</source>
            <translation>Preguntar esto sobre la región</translation>
        </message>
        <message>
            <source>Ask this about the region (Return)</source>
            <translation>Preguntar esto sobre la región (Intro)</translation>
        </message>
        <message>
            <source>Begin anew; result layers stay in the project</source>
            <translation>Empezar de nuevo; las capas de resultados quedan en el proyecto</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <source>Choose a region and ask about it in English.
Where the model cannot tell, it says so.

Try one of these:</source>
            <translation>Elija una región y pregunte sobre ella en inglés.
Donde el modelo no puede saberlo, lo dice.

Pruebe una de estas:</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Vaciar</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Copiado.</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copiar</translation>
        </message>
        <message>
            <source>Copy questions and answers as text</source>
            <translation>Copiar preguntas y respuestas como texto</translation>
        </message>
        <message>
            <source>Further questions are about the same region.</source>
            <translation>Las preguntas siguientes son sobre la misma región.</translation>
        </message>
        <message>
            <source>Progress of the answer</source>
            <translation>Progreso de la respuesta</translation>
        </message>
        <message>
            <source>Questions and answers</source>
            <translation>Preguntas y respuestas</translation>
        </message>
        <message>
            <source>RS-VLM answers: {layer}</source>
            <translation>Respuestas de RS-VLM: {layer}</translation>
        </message>
        <message>
            <source>The question before is still being answered.</source>
            <translation>Todavía se está respondiendo a la pregunta anterior.</translation>
        </message>
        <message>
            <source>The region stays the same wherever the map goes. Press to ask about what the map shows now.</source>
            <translation>La región sigue siendo la misma aunque el mapa se mueva. Pulse para preguntar por lo que el mapa muestra ahora.</translation>
        </message>
        <message>
            <source>This answer has no place on the map.</source>
            <translation>Esta respuesta no tiene lugar en el mapa.</translation>
        </message>
        <message>
            <source>Use the view now</source>
            <translation>Usar la vista actual</translation>
        </message>
    </context>
    <context>
        <name>AskQuestion</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Evidence&lt;/b&gt;: polygons that the answer rests on, in the image's coordinate system. &lt;b&gt;Answer&lt;/b&gt;, &lt;b&gt;Confidence&lt;/b&gt; (0 to 1), &lt;b&gt;Abstained&lt;/b&gt; and &lt;b&gt;Reason&lt;/b&gt;: what is answered, how sure, whether it is withheld, and why.&lt;/p&gt;&lt;p&gt;A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Evidencias&lt;/b&gt;: polígonos en los que se apoya la respuesta, en el sistema de coordenadas de la imagen. &lt;b&gt;Respuesta&lt;/b&gt;, &lt;b&gt;Confianza&lt;/b&gt; (de 0 a 1), &lt;b&gt;Abstención&lt;/b&gt; y &lt;b&gt;Motivo&lt;/b&gt;: qué se responde, con qué seguridad, si se retiene y por qué.&lt;/p&gt;&lt;p&gt;Responde un modelo: compruebe lo que importa.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Answers a question about a part of an image: whether something is there, how many, which is more, where, how large or long, what the scene or land cover is, whether it is rural or urban. What the model cannot support is answered with &lt;i&gt;cannot tell&lt;/i&gt; and the reason.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Question&lt;/b&gt;: in English, like &lt;i&gt;how many planes are there?&lt;/i&gt;&lt;/p&gt;</source>
            <translation>&lt;p&gt;Responde a una pregunta sobre una parte de una imagen: si hay algo, cuántos, de qué hay más, dónde, qué tamaño o longitud, qué escena o cobertura del suelo es, si es rural o urbano. A lo que el modelo no puede sustentar responde &lt;i&gt;cannot tell&lt;/i&gt; y el motivo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Pregunta&lt;/b&gt;: en inglés, como &lt;i&gt;how many planes are there?&lt;/i&gt;&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Abstained</source>
            <translation>Abstención</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Respuesta</translation>
        </message>
        <message>
            <source>Answers a question about a part of an image, with evidence.</source>
            <translation>Responde a una pregunta sobre una parte de una imagen, con evidencias.</translation>
        </message>
        <message>
            <source>Ask a question</source>
            <translation>Hacer una pregunta</translation>
        </message>
        <message>
            <source>Cancelled before anything was seen.</source>
            <translation>Cancelado antes de ver nada.</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Confianza</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Evidencias</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Pregunta</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motivo</translation>
        </message>
    </context>
    <context>
        <name>AskTask</name>
        <message>
            <source>Ask about {layer}</source>
            <translation>Preguntar sobre {layer}</translation>
        </message>
        <message>
            <source>Asking about {layer} stopped unexpectedly.</source>
            <translation>La pregunta sobre {layer} se detuvo inesperadamente.</translation>
        </message>
        <message>
            <source>The project was closed while the question was being answered, so the answer ended early.</source>
            <translation>El proyecto se cerró mientras se respondía a la pregunta, así que la respuesta terminó antes de tiempo.</translation>
        </message>
        <message>
            <source>{layer} was removed while the question was being answered, so the answer ended early.</source>
            <translation>{layer} se eliminó mientras se respondía a la pregunta, así que la respuesta terminó antes de tiempo.</translation>
        </message>
    </context>
    <context>
        <name>BackgroundTask</name>
        <message>
            <source>The log messages panel says more.</source>
            <translation>El panel de mensajes de registro dice más.</translation>
        </message>
        <message>
            <source>{task} (stopped)</source>
            <translation>{task} (detenido)</translation>
        </message>
    </context>
    <context>
        <name>BuildDialog</name>
        <message>
            <source> tiles</source>
            <translation> teselas</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>Car&amp;peta</translation>
        </message>
        <message>
            <source>&amp;Keep in</source>
            <translation>&amp;Guardar en</translation>
        </message>
        <message>
            <source>&amp;Layers</source>
            <translation>&amp;Capas</translation>
        </message>
        <message>
            <source>&amp;Up to</source>
            <translation>&amp;Hasta</translation>
        </message>
        <message>
            <source>&amp;Web layers</source>
            <translation>Capas &amp;web</translation>
        </message>
        <message>
            <source>A STAC item, collection or catalogue, or a text file with the path or address of an image in each line.</source>
            <translation>Un elemento, una colección o un catálogo STAC, o un archivo de texto con la ruta o dirección de una imagen en cada línea.</translation>
        </message>
        <message>
            <source>Build index</source>
            <translation>Crear índice</translation>
        </message>
        <message>
            <source>Build search index</source>
            <translation>Crear índice de búsqueda</translation>
        </message>
        <message>
            <source>Choose at least one image.</source>
            <translation>Elija al menos una imagen.</translation>
        </message>
        <message>
            <source>Drawn by a server: of it, the area that the map shows is indexed</source>
            <translation>Dibujada por un servidor: de ella se indexa la zona que muestra el mapa</translation>
        </message>
        <message>
            <source>Estimating size and time…</source>
            <translation>Estimando tamaño y tiempo…</translation>
        </message>
        <message>
            <source>Folder of images</source>
            <translation>Carpeta de imágenes</translation>
        </message>
        <message>
            <source>GeoPackage (*.gpkg)</source>
            <translation>GeoPackage (*.gpkg)</translation>
        </message>
        <message>
            <source>How closely layers drawn by a server are looked at, within the map's view</source>
            <translation>Con qué detalle se miran, dentro de la vista del mapa, las capas que dibuja un servidor</translation>
        </message>
        <message>
            <source>Index file</source>
            <translation>Archivo del índice</translation>
        </message>
        <message>
            <source>L&amp;ist</source>
            <translation>L&amp;ista</translation>
        </message>
        <message>
            <source>Layers to index</source>
            <translation>Capas que indexar</translation>
        </message>
        <message>
            <source>List of images</source>
            <translation>Lista de imágenes</translation>
        </message>
        <message>
            <source>Look &amp;closer</source>
            <translation>&amp;Mirar más de cerca</translation>
        </message>
        <message>
            <source>Most tiles the model looks at in each image. Automatic: a quarter of those of all scales up to full resolution, where there is most detail; all of them in a small image.</source>
            <translation>Máximo de teselas que mira el modelo en cada imagen. Automático: un cuarto de las de todas las escalas hasta la plena resolución, donde hay más detalle; todas en una imagen pequeña.</translation>
        </message>
        <message>
            <source>Neither a file nor a web layer whose address may be kept: it holds a key. Use an authentication of QGIS for it instead.</source>
            <translation>Ni un archivo ni una capa web cuya dirección se pueda guardar: contiene una clave. Use en su lugar una autenticación de QGIS.</translation>
        </message>
        <message>
            <source>Only {free} are free there: choose another place.</source>
            <translation>Allí solo hay {free} libres: elija otro lugar.</translation>
        </message>
        <message>
            <source>STAC or text (*.json *.geojson *.txt *.lst)</source>
            <translation>STAC o texto (*.json *.geojson *.txt *.lst)</translation>
        </message>
        <message>
            <source>Servers are asked for up to {count} pictures.</source>
            <translation>Se piden a los servidores hasta {count} imágenes.</translation>
        </message>
        <message>
            <source>The map's view has no place on the layer {layer}.</source>
            <translation>La vista del mapa no tiene lugar en la capa {layer}.</translation>
        </message>
        <message>
            <source>The model looks once at the tiles of your images and keeps what it sees in one GeoPackage. After that, they can be searched by words at any time, offline.</source>
            <translation>El modelo mira una vez las teselas de sus imágenes y guarda lo que ve en un GeoPackage. Después se pueden buscar con palabras en cualquier momento, sin conexión.</translation>
        </message>
        <message>
            <source>The project has no raster layer: choose a folder.</source>
            <translation>El proyecto no tiene ninguna capa ráster: elija una carpeta.</translation>
        </message>
        <message>
            <source>Zoom to the part of it that is to be indexed.</source>
            <translation>Acérquese a la parte que se debe indexar.</translation>
        </message>
        <message>
            <source>as the map shows them</source>
            <translation>tal como las muestra el mapa</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>automático</translation>
        </message>
        <message>
            <source>none; else every image in it and below</source>
            <translation>ninguna; si no, cada imagen en ella y debajo</translation>
        </message>
        <message>
            <source>none; else the images of a STAC or text file</source>
            <translation>ninguna; si no, las imágenes de un archivo STAC o de texto</translation>
        </message>
        <message>
            <source>{images} cannot be opened and will be left out.</source>
            <translation>{images} no se pueden abrir y se omiten.</translation>
        </message>
        <message>
            <source>{images}, at most {tiles}: about {time} and {size}.</source>
            <translation>{images}, como mucho {tiles}: unos {time} y {size}.</translation>
        </message>
        <message>
            <source>{layer}, the area chosen before</source>
            <translation>{layer}, la zona elegida antes</translation>
        </message>
        <message>
            <source>{layer}, what the map shows</source>
            <translation>{layer}, lo que muestra el mapa</translation>
        </message>
        <message>
            <source>{times} times closer than the map</source>
            <translation>{times} veces más cerca que el mapa</translation>
        </message>
    </context>
    <context>
        <name>BuildIndex</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Index&lt;/b&gt;: the GeoPackage. One that is there is continued: images that have not changed cost nothing. &lt;b&gt;Tiles looked at&lt;/b&gt; and &lt;b&gt;Images in the index&lt;/b&gt;: how many.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was looked at by then; run it again to go on.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Índice&lt;/b&gt;: el GeoPackage. Uno que ya existe se continúa: las imágenes que no han cambiado no cuestan nada. &lt;b&gt;Teselas miradas&lt;/b&gt; e &lt;b&gt;Imágenes en el índice&lt;/b&gt;: cuántas.&lt;/p&gt;&lt;p&gt;Cancelar conserva lo mirado hasta entonces; ejecútelo otra vez para continuar.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;A vision-language model looks at the tiles of rasters, coarse to fine, and keeps what it sees of each as numbers in one GeoPackage, which QGIS opens as a layer of footprints. &lt;i&gt;Search by text&lt;/i&gt; then finds places by words.&lt;/p&gt;&lt;p&gt;The model runs on this computer; nothing is uploaded.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Images&lt;/b&gt;: raster layers, in any coordinate systems.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Folder of images&lt;/b&gt;: every raster in it and in the folders below.&lt;/p&gt;&lt;p&gt;&lt;b&gt;List of images&lt;/b&gt;: a STAC item, collection or catalogue (.json), or a text file with the path or address of an image in each line.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Area of web layers&lt;/b&gt; and &lt;b&gt;Resolution for web layers&lt;/b&gt; (map units per pixel): what to take of layers that a server draws; empty takes all of such a layer, 4096 pixels wide. Servers are asked for 10,000 pictures at most, and for 20 a second.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Where to look closer&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; looks closer where there is most to see, &lt;i&gt;fixed&lt;/i&gt; at all places alike, &lt;i&gt;random&lt;/i&gt; anywhere.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Budget (tiles per image)&lt;/b&gt;: most tiles the model looks at; empty takes a quarter of those of all scales up to full resolution.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Un modelo de visión y lenguaje mira las teselas de los rásteres, de lo grueso a lo fino, y guarda lo que ve en cada una como números en un GeoPackage, que QGIS abre como una capa de contornos. &lt;i&gt;Búsqueda por texto&lt;/i&gt; encuentra luego lugares con palabras.&lt;/p&gt;&lt;p&gt;El modelo se ejecuta en este equipo; no se sube nada.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Imágenes&lt;/b&gt;: capas ráster, en cualquier sistema de coordenadas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Carpeta de imágenes&lt;/b&gt;: cada ráster en ella y en las carpetas inferiores.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Lista de imágenes&lt;/b&gt;: un elemento, una colección o un catálogo STAC (.json), o un archivo de texto con la ruta o dirección de una imagen en cada línea.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Zona de las capas web&lt;/b&gt; y &lt;b&gt;Resolución para capas web&lt;/b&gt; (unidades de mapa por píxel): qué tomar de las capas que dibuja un servidor; vacío toma toda la capa, con 4096 píxeles de ancho. Se piden a los servidores 10.000 imágenes como mucho, y 20 por segundo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Dónde mirar más de cerca&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; mira más de cerca donde hay más que ver, &lt;i&gt;fixed&lt;/i&gt; en todas partes igual, &lt;i&gt;random&lt;/i&gt; en cualquier sitio.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Presupuesto (teselas por imagen)&lt;/b&gt;: máximo de teselas que mira el modelo; vacío toma un cuarto de las de todas las escalas hasta la plena resolución.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Area of web layers</source>
            <translation>Zona de las capas web</translation>
        </message>
        <message>
            <source>At most {tiles} tiles, some {seconds} s and {size} MB.</source>
            <translation>Como mucho {tiles} teselas, unos {seconds} s y {size} MB.</translation>
        </message>
        <message>
            <source>Budget (tiles per image)</source>
            <translation>Presupuesto (teselas por imagen)</translation>
        </message>
        <message>
            <source>Build search index</source>
            <translation>Crear índice de búsqueda</translation>
        </message>
        <message>
            <source>Cancelled. Run it again to go on from here.</source>
            <translation>Cancelado. Ejecútelo otra vez para continuar desde aquí.</translation>
        </message>
        <message>
            <source>Choose images, a folder of them, or a list of them.</source>
            <translation>Elija imágenes, una carpeta o una lista de ellas.</translation>
        </message>
        <message>
            <source>Folder of images</source>
            <translation>Carpeta de imágenes</translation>
        </message>
        <message>
            <source>GeoPackage (*.gpkg)</source>
            <translation>GeoPackage (*.gpkg)</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Imágenes</translation>
        </message>
        <message>
            <source>Images in the index</source>
            <translation>Imágenes en el índice</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>Índice</translation>
        </message>
        <message>
            <source>List of images</source>
            <translation>Lista de imágenes</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Looks at rasters once, so that they can be searched by words ever after.</source>
            <translation>Mira los rásteres una vez, para poder buscar en ellos con palabras desde entonces.</translation>
        </message>
        <message>
            <source>None of the images could be read, so no index was made.</source>
            <translation>No se pudo leer ninguna de las imágenes, así que no se creó ningún índice.</translation>
        </message>
        <message>
            <source>Resolution for web layers</source>
            <translation>Resolución para capas web</translation>
        </message>
        <message>
            <source>STAC or text (*.json *.geojson *.txt *.lst)</source>
            <translation>STAC o texto (*.json *.geojson *.txt *.lst)</translation>
        </message>
        <message>
            <source>Tiles looked at</source>
            <translation>Teselas miradas</translation>
        </message>
        <message>
            <source>Where to look closer</source>
            <translation>Dónde mirar más de cerca</translation>
        </message>
        <message>
            <source>{raster}: {what}, {now} tiles now, {before} before</source>
            <translation>{raster}: {what}, {now} teselas ahora, {before} antes</translation>
        </message>
    </context>
    <context>
        <name>BusyBar</name>
        <message>
            <source>Starting…</source>
            <translation>Iniciando…</translation>
        </message>
        <message>
            <source>Stop, and keep what has been found so far (Esc)</source>
            <translation>Detener y conservar lo encontrado hasta ahora (Esc)</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Deteniendo…</translation>
        </message>
    </context>
    <context>
        <name>ClassifyRegion</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Scores&lt;/b&gt;: a table of labels, best first. &lt;b&gt;Label&lt;/b&gt; and &lt;b&gt;Score&lt;/b&gt;: the best one.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Puntuaciones&lt;/b&gt;: una tabla de etiquetas, la mejor primero. &lt;b&gt;Etiqueta&lt;/b&gt; y &lt;b&gt;Puntuación&lt;/b&gt;: la mejor.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Compares a part of an image with labels of your own. Scores add up to 1: they compare the labels with each other and say nothing of what is missing from the list.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Labels&lt;/b&gt;: in English, one a line or separated by commas, like &lt;i&gt;forest, farmland, city&lt;/i&gt;.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Compara una parte de una imagen con etiquetas propias. Las puntuaciones suman 1: comparan las etiquetas entre sí y no dicen nada de lo que falta en la lista.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Etiquetas&lt;/b&gt;: en inglés, una por línea o separadas por comas, como &lt;i&gt;forest, farmland, city&lt;/i&gt;.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was seen.</source>
            <translation>Cancelado antes de ver nada.</translation>
        </message>
        <message>
            <source>Classify region</source>
            <translation>Clasificar región</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Etiqueta</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Says which of your own labels fits a part of an image best.</source>
            <translation>Dice cuál de sus propias etiquetas se ajusta mejor a una parte de una imagen.</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Puntuación</translation>
        </message>
        <message>
            <source>Scores</source>
            <translation>Puntuaciones</translation>
        </message>
    </context>
    <context>
        <name>CompareImages</name>
        <message>
            <source>&lt;p&gt;Looks at the same places in two images, says what each shows, and outlines where they differ and which objects were gained or lost.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Image&lt;/b&gt; is the one before; &lt;b&gt;Image after&lt;/b&gt; may have another coordinate system, resolution and extent: what both cover is compared, at the coarser resolution. Light, haze and the like are evened out and count as no change.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Least change&lt;/b&gt;: leaves out what changed less, 0 to 1. 0 is as alike as one place seen twice, 1 as unlike as two places of the region.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Mira los mismos lugares en dos imágenes, dice lo que muestra cada una y delinea dónde difieren y qué objetos se ganaron o se perdieron.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Imagen&lt;/b&gt; es la anterior; &lt;b&gt;Imagen posterior&lt;/b&gt; puede tener otro sistema de coordenadas, otra resolución y otra extensión: se compara lo que ambas cubren, a la resolución más gruesa. La luz, la bruma y cosas así se igualan y no cuentan como cambio.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Cambio mínimo&lt;/b&gt;: omite lo que cambió menos, de 0 a 1. 0 es tan parecido como un lugar visto dos veces, 1 tan distinto como dos lugares de la región.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;The budget is that of both images together, 3 tiles at least.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Changes&lt;/b&gt;: one polygon for each window that changed, in the coordinate system of the image before, with change, what it showed and shows, and what was gained and lost. &lt;b&gt;Summary&lt;/b&gt;: the same in a few sentences. &lt;b&gt;Changed windows&lt;/b&gt;: how many.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was found by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;El presupuesto es el de ambas imágenes juntas, al menos 3 teselas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Cambios&lt;/b&gt;: un polígono por cada ventana que cambió, en el sistema de coordenadas de la imagen anterior, con el cambio, lo que mostraba y muestra, y lo que se ganó y se perdió. &lt;b&gt;Resumen&lt;/b&gt;: lo mismo en unas frases. &lt;b&gt;Ventanas cambiadas&lt;/b&gt;: cuántas.&lt;/p&gt;&lt;p&gt;Cancelar conserva lo encontrado hasta entonces. Responde un modelo: compruebe lo que importa.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was compared.</source>
            <translation>Cancelado antes de comparar nada.</translation>
        </message>
        <message>
            <source>Changed windows</source>
            <translation>Ventanas cambiadas</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>Cambios</translation>
        </message>
        <message>
            <source>Compare two images</source>
            <translation>Comparar dos imágenes</translation>
        </message>
        <message>
            <source>Image after</source>
            <translation>Imagen posterior</translation>
        </message>
        <message>
            <source>Least change</source>
            <translation>Cambio mínimo</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Outlines what changed between two images of a place, and says what.</source>
            <translation>Delinea lo que cambió entre dos imágenes de un lugar y dice qué.</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Resumen</translation>
        </message>
    </context>
    <context>
        <name>ComparePanel</name>
        <message>
            <source>Add a raster layer to the project to compare it with another.</source>
            <translation>Añada una capa ráster al proyecto para compararla con otra.</translation>
        </message>
        <message>
            <source>Add a second raster layer of the same place, from another day or sensor, to compare it with.</source>
            <translation>Añada una segunda capa ráster del mismo lugar, de otro día u otro sensor, con la que compararla.</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Después</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <source>Choose a region and a second image of it.

What each shows, what was gained and lost, and where, appears here and as a layer.</source>
            <translation>Elija una región y una segunda imagen de ella.

Lo que muestra cada una, lo que se ganó y se perdió, y dónde, aparece aquí y como capa.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Comparación</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Capa</translation>
        </message>
        <message>
            <source>Progress of the comparison</source>
            <translation>Progreso de la comparación</translation>
        </message>
        <message>
            <source>RS-VLM compare: {before} and {after}</source>
            <translation>Comparación de RS-VLM: {before} y {after}</translation>
        </message>
        <message>
            <source>Raster layer to compare with</source>
            <translation>Capa ráster con la que comparar</translation>
        </message>
        <message>
            <source>Say what changed between the two images of the region ({shortcut})</source>
            <translation>Decir qué cambió entre las dos imágenes de la región ({shortcut})</translation>
        </message>
        <message>
            <source>Show the change layer and zoom to what changed</source>
            <translation>Mostrar la capa de cambios y acercarse a lo que cambió</translation>
        </message>
        <message>
            <source>Stopped early: only part of the region was compared.</source>
            <translation>Detenido antes de tiempo: solo se comparó una parte de la región.</translation>
        </message>
        <message>
            <source>Swap</source>
            <translation>Intercambiar</translation>
        </message>
        <message>
            <source>Swap the images before and after</source>
            <translation>Intercambiar las imágenes anterior y posterior</translation>
        </message>
        <message>
            <source>The later image; coordinate systems may differ</source>
            <translation>La imagen posterior; los sistemas de coordenadas pueden diferir</translation>
        </message>
        <message>
            <source>This place cannot be shown on the map.</source>
            <translation>Este lugar no se puede mostrar en el mapa.</translation>
        </message>
    </context>
    <context>
        <name>CompareTask</name>
        <message>
            <source>Compare {layer} with {after}</source>
            <translation>Comparar {layer} con {after}</translation>
        </message>
        <message>
            <source>Comparing {layer} stopped unexpectedly.</source>
            <translation>La comparación de {layer} se detuvo inesperadamente.</translation>
        </message>
        <message>
            <source>The project was closed while images were being compared, so the comparison ended early.</source>
            <translation>El proyecto se cerró mientras se comparaban imágenes, así que la comparación terminó antes de tiempo.</translation>
        </message>
        <message>
            <source>{layer} was removed while it was being compared, so the comparison ended early.</source>
            <translation>{layer} se eliminó mientras se comparaba, así que la comparación terminó antes de tiempo.</translation>
        </message>
    </context>
    <context>
        <name>ComparisonHtml</name>
        <message>
            <source>After</source>
            <translation>Después</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Antes</translation>
        </message>
        <message>
            <source>Gained</source>
            <translation>Ganado</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Perdido</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nada</translation>
        </message>
        <message>
            <source>{count} more are in the layer.</source>
            <translation>{count} más están en la capa.</translation>
        </message>
    </context>
    <context>
        <name>ConceptBar</name>
        <message>
            <source>Concept (*.json)</source>
            <translation>Concepto (*.json)</translation>
        </message>
        <message>
            <source>Concepts</source>
            <translation>Conceptos</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Eliminar</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map around something to find more of</source>
            <translation>Arrastre en el mapa un rectángulo alrededor de algo de lo que encontrar más</translation>
        </message>
        <message>
            <source>Example</source>
            <translation>Ejemplo</translation>
        </message>
        <message>
            <source>Export concept</source>
            <translation>Exportar concepto</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportar…</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Olvidar</translation>
        </message>
        <message>
            <source>Forget all examples</source>
            <translation>Olvidar todos los ejemplos</translation>
        </message>
        <message>
            <source>Import concept</source>
            <translation>Importar concepto</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importar…</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Guardar</translation>
        </message>
        <message>
            <source>Keep the concept under this name</source>
            <translation>Guardar el concepto con este nombre</translation>
        </message>
        <message>
            <source>Name of the concept</source>
            <translation>Nombre del concepto</translation>
        </message>
        <message>
            <source>None kept yet: like some results, then name what they show</source>
            <translation>Ninguno guardado todavía: marque algunos resultados como deseados y luego nombre lo que muestran</translation>
        </message>
        <message>
            <source>Search by a concept learnt from examples</source>
            <translation>Buscar por un concepto aprendido de ejemplos</translation>
        </message>
        <message>
            <source>name this concept</source>
            <translation>nombre de este concepto</translation>
        </message>
        <message>
            <source>{likes} liked, {unlikes} not</source>
            <translation>{likes} deseados, {unlikes} no</translation>
        </message>
        <message>
            <source>“{name}”</source>
            <translation>«{name}»</translation>
        </message>
    </context>
    <context>
        <name>Conversation</name>
        <message>
            <source>Stopped early: only part of the region was looked at.</source>
            <translation>Detenido antes de tiempo: solo se miró una parte de la región.</translation>
        </message>
        <message>
            <source>confidence {percent} %</source>
            <translation>confianza {percent} %</translation>
        </message>
        <message>
            <source>show on the map</source>
            <translation>mostrar en el mapa</translation>
        </message>
        <message>
            <source>show {count} places</source>
            <translation>mostrar {count} lugares</translation>
        </message>
    </context>
    <context>
        <name>Counted</name>
        <message numerus="yes">
            <source>%Ln images</source>
            <translation>
                <numerusform>%Ln imagen</numerusform>
                <numerusform>%Ln imágenes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln places</source>
            <translation>
                <numerusform>%Ln lugar</numerusform>
                <numerusform>%Ln lugares</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln tiles</source>
            <translation>
                <numerusform>%Ln tesela</numerusform>
                <numerusform>%Ln teselas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DependencyDialog</name>
        <message>
            <source>Cancelled.</source>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Done: RS-VLM is ready.</source>
            <translation>Listo: RS-VLM está preparado.</translation>
        </message>
        <message>
            <source>Install</source>
            <translation>Instalar</translation>
        </message>
        <message>
            <source>Install what RS-VLM needs</source>
            <translation>Instalar lo que RS-VLM necesita</translation>
        </message>
        <message>
            <source>Installing…</source>
            <translation>Instalando…</translation>
        </message>
        <message>
            <source>Output of pip</source>
            <translation>Salida de pip</translation>
        </message>
        <message>
            <source>Python could not be started: {why}</source>
            <translation>No se pudo iniciar Python: {why}</translation>
        </message>
        <message>
            <source>RS-VLM needs {packages}. They go into a folder of their own in your profile and change nothing else in QGIS:
{folder}</source>
            <translation>RS-VLM necesita {packages}. Van a una carpeta propia de su perfil y no cambian nada más en QGIS:
{folder}</translation>
        </message>
        <message>
            <source>The Python program that belongs to QGIS was not found.</source>
            <translation>No se encontró el programa Python que pertenece a QGIS.</translation>
        </message>
        <message>
            <source>This Python has no pip: install the system package python3-pip.</source>
            <translation>Este Python no tiene pip: instale el paquete del sistema python3-pip.</translation>
        </message>
        <message>
            <source>Trying them…</source>
            <translation>Probándolos…</translation>
        </message>
        <message>
            <source>Without a network: &amp;folder with the wheel files (optional)</source>
            <translation>Sin red: &amp;carpeta con los archivos wheel (opcional)</translation>
        </message>
        <message>
            <source>pip could not install the packages; its output says why.</source>
            <translation>pip no pudo instalar los paquetes; su salida dice por qué.</translation>
        </message>
    </context>
    <context>
        <name>DescribeDock</name>
        <message>
            <source>Add a raster layer to the project first.</source>
            <translation>Añada primero una capa ráster al proyecto.</translation>
        </message>
        <message>
            <source>Add a raster layer to the project to have it described.</source>
            <translation>Añada una capa ráster al proyecto para que se describa.</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>Preguntar</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <source>Cancelled. What had been found by then is kept.</source>
            <translation>Cancelado. Lo encontrado hasta entonces se conserva.</translation>
        </message>
        <message>
            <source>Choose a region and press Describe region.

The answer appears here, with phrases that point at the map.</source>
            <translation>Elija una región y pulse «Describir región».

La respuesta aparece aquí, con palabras que señalan en el mapa.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Describe</source>
            <translation>Describir</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Encontrar</translation>
        </message>
        <message>
            <source>Save report</source>
            <translation>Guardar informe</translation>
        </message>
        <message>
            <source>Saved as {path}.</source>
            <translation>Guardado como {path}.</translation>
        </message>
        <message>
            <source>Saved with this project on {when}.</source>
            <translation>Guardado con este proyecto el {when}.</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>This phrase has no place on the map.</source>
            <translation>Estas palabras no tienen lugar en el mapa.</translation>
        </message>
        <message>
            <source>Web page (*.html)</source>
            <translation>Página web (*.html)</translation>
        </message>
    </context>
    <context>
        <name>DescribeFeatures</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Described features&lt;/b&gt;: the polygons with their attributes and &lt;i&gt;rsvlm_text&lt;/i&gt; (the sentence), &lt;i&gt;rsvlm_confidence&lt;/i&gt; (how sure the model is, 0 to 1), &lt;i&gt;rsvlm_objects&lt;/i&gt; (names with the number of places) and &lt;i&gt;rsvlm_note&lt;/i&gt; (why there is no answer, or what limits it).&lt;/p&gt;&lt;p&gt;Cancelling keeps the features done by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Objetos descritos&lt;/b&gt;: los polígonos con sus atributos y &lt;i&gt;rsvlm_text&lt;/i&gt; (la frase), &lt;i&gt;rsvlm_confidence&lt;/i&gt; (qué seguro está el modelo, de 0 a 1), &lt;i&gt;rsvlm_objects&lt;/i&gt; (nombres con el número de lugares) y &lt;i&gt;rsvlm_note&lt;/i&gt; (por qué no hay respuesta o qué la limita).&lt;/p&gt;&lt;p&gt;Cancelar conserva los objetos terminados hasta entonces. Responde un modelo: compruebe lo que importa.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Features&lt;/b&gt;: polygons in any coordinate system.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Objetos espaciales&lt;/b&gt;: polígonos en cualquier sistema de coordenadas.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;A vision-language model describes the image within each polygon, each on its own.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Un modelo de visión y lenguaje describe la imagen dentro de cada polígono, cada uno por separado.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Describe features</source>
            <translation>Describir objetos espaciales</translation>
        </message>
        <message>
            <source>Described features</source>
            <translation>Objetos descritos</translation>
        </message>
        <message>
            <source>Feature {id}: {reason}</source>
            <translation>Objeto {id}: {reason}</translation>
        </message>
        <message>
            <source>Features</source>
            <translation>Objetos espaciales</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Says in words what an image shows within each polygon of a layer.</source>
            <translation>Dice con palabras lo que muestra una imagen dentro de cada polígono de una capa.</translation>
        </message>
    </context>
    <context>
        <name>DescribeOptions</name>
        <message>
            <source> tiles</source>
            <translation> teselas</translation>
        </message>
        <message>
            <source>&amp;Up to</source>
            <translation>&amp;Hasta</translation>
        </message>
        <message>
            <source>Cuts the region into tiles of one size: the conventional way.</source>
            <translation>Corta la región en teselas de un mismo tamaño: la forma convencional.</translation>
        </message>
        <message>
            <source>How closely to look</source>
            <translation>Con qué detalle mirar</translation>
        </message>
        <message>
            <source>Loo&amp;k closer</source>
            <translation>&amp;Mirar más de cerca</translation>
        </message>
        <message>
            <source>Looks closer at random places: a yardstick for the others.</source>
            <translation>Mira más de cerca en lugares al azar: una referencia para las otras.</translation>
        </message>
        <message>
            <source>Most tiles the model looks at, the overview included. More tiles see smaller things and take longer; 32 take a few seconds.</source>
            <translation>Máximo de teselas que mira el modelo, incluida la vista general. Más teselas muestran cosas más pequeñas y tardan más; 32 tardan unos segundos.</translation>
        </message>
        <message>
            <source>Most tiles to look at</source>
            <translation>Máximo de teselas</translation>
        </message>
        <message>
            <source>Reads the region coarsely, then looks closer where there is most detail.</source>
            <translation>Lee la región a grandes rasgos y luego mira más de cerca donde hay más detalle.</translation>
        </message>
        <message>
            <source>Reads the region coarsely, then looks closer wherever what is looked for may be and is still in doubt: it finds most with few tiles.</source>
            <translation>Lee la región a grandes rasgos y luego mira más de cerca donde lo buscado puede estar y aún es dudoso: así encuentra más con pocas teselas.</translation>
        </message>
        <message>
            <source>Where to look closer</source>
            <translation>Dónde mirar más de cerca</translation>
        </message>
        <message>
            <source>Where to look closer, and how many tiles to look at</source>
            <translation>Dónde mirar más de cerca y cuántas teselas mirar</translation>
        </message>
    </context>
    <context>
        <name>DescribeRegion</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Scene&lt;/b&gt;, &lt;b&gt;Regions&lt;/b&gt;, &lt;b&gt;Objects&lt;/b&gt;: layers in the image's coordinate system; the scene carries how it was made as JSON. &lt;b&gt;Report&lt;/b&gt;: a web page of it all. &lt;b&gt;Text&lt;/b&gt; and &lt;b&gt;Confidence&lt;/b&gt;: the scene sentence and how sure the model is, 0 to 1.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was found by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Escena&lt;/b&gt;, &lt;b&gt;Regiones&lt;/b&gt;, &lt;b&gt;Objetos&lt;/b&gt;: capas en el sistema de coordenadas de la imagen; la escena lleva como JSON cómo se hizo. &lt;b&gt;Informe&lt;/b&gt;: una página web con todo. &lt;b&gt;Texto&lt;/b&gt; y &lt;b&gt;Confianza&lt;/b&gt;: la frase de la escena y qué seguro está el modelo, de 0 a 1.&lt;/p&gt;&lt;p&gt;Cancelar conserva lo encontrado hasta entonces. Responde un modelo: compruebe lo que importa.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;A vision-language model looks at the image, coarse to fine, and answers in words: a sentence for the scene, a line for each part of it, and the objects it names with the places it saw them.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Un modelo de visión y lenguaje mira la imagen, de lo grueso a lo fino, y responde con palabras: una frase para la escena, una línea para cada parte de ella y los objetos que nombra, con los lugares donde los vio.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was found.</source>
            <translation>Cancelado antes de encontrar nada.</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Confianza</translation>
        </message>
        <message>
            <source>Describe region</source>
            <translation>Describir región</translation>
        </message>
        <message>
            <source>HTML files (*.html)</source>
            <translation>Archivos HTML (*.html)</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Objects</source>
            <translation>Objetos</translation>
        </message>
        <message>
            <source>Regions</source>
            <translation>Regiones</translation>
        </message>
        <message>
            <source>Report</source>
            <translation>Informe</translation>
        </message>
        <message>
            <source>Says in words what a part of an image shows, and where.</source>
            <translation>Dice con palabras lo que muestra una parte de una imagen, y dónde.</translation>
        </message>
        <message>
            <source>Scene</source>
            <translation>Escena</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Texto</translation>
        </message>
    </context>
    <context>
        <name>DescribeTask</name>
        <message>
            <source>Describe {layer}</source>
            <translation>Describir {layer}</translation>
        </message>
        <message>
            <source>Describing {layer} stopped unexpectedly.</source>
            <translation>La descripción de {layer} se detuvo inesperadamente.</translation>
        </message>
        <message>
            <source>Loading the model…</source>
            <translation>Cargando el modelo…</translation>
        </message>
        <message>
            <source>The project was closed while {layer} was being described, so the description ended early.</source>
            <translation>El proyecto se cerró mientras se describía {layer}, así que la descripción terminó antes de tiempo.</translation>
        </message>
        <message>
            <source>{layer} was removed while it was being described, so the description ended early.</source>
            <translation>{layer} se eliminó mientras se describía, así que la descripción terminó antes de tiempo.</translation>
        </message>
    </context>
    <context>
        <name>Engine</name>
        <message>
            <source>A concept needs a text or an example of what is wanted.</source>
            <translation>Un concepto necesita un texto o un ejemplo de lo que se busca.</translation>
        </message>
        <message>
            <source>A concept's name has 1 to {most} characters.</source>
            <translation>El nombre de un concepto tiene de 1 a {most} caracteres.</translation>
        </message>
        <message>
            <source>A list of rasters may also be a text file with a path in each line.</source>
            <translation>Una lista de rásteres también puede ser un archivo de texto con una ruta en cada línea.</translation>
        </message>
        <message>
            <source>A phrase is missing or empty.</source>
            <translation>Falta una expresión o está vacía.</translation>
        </message>
        <message>
            <source>A phrase is {length} characters long; at most {most} are read.</source>
            <translation>Una expresión tiene {length} caracteres; se leen como mucho {most}.</translation>
        </message>
        <message>
            <source>A read needs at least one pixel.</source>
            <translation>Hay que leer al menos un píxel.</translation>
        </message>
        <message>
            <source>A region's ring needs at least three corners and must be closed.</source>
            <translation>Un anillo de la región necesita al menos tres esquinas y debe estar cerrado.</translation>
        </message>
        <message>
            <source>A resolution of {resolution} map units per pixel cannot be meant.</source>
            <translation>Una resolución de {resolution} unidades de mapa por píxel no tiene sentido.</translation>
        </message>
        <message>
            <source>A smaller region or a larger budget is looked at more closely.</source>
            <translation>Una región menor o un presupuesto mayor se mira más de cerca.</translation>
        </message>
        <message>
            <source>An asset needs the type of an image, such as image/tiff.</source>
            <translation>Un recurso necesita el tipo de una imagen, como image/tiff.</translation>
        </message>
        <message>
            <source>Ask in a sentence.</source>
            <translation>Pregunte en una frase.</translation>
        </message>
        <message>
            <source>At most {most} labels can be compared, not {count}.</source>
            <translation>Se pueden comparar como mucho {most} etiquetas, no {count}.</translation>
        </message>
        <message>
            <source>At most {most} phrases can be found at once, not {count}.</source>
            <translation>Se pueden encontrar como mucho {most} expresiones a la vez, no {count}.</translation>
        </message>
        <message>
            <source>Band {band} of {layer} has a data type QGIS cannot read as an image.</source>
            <translation>La banda {band} de {layer} tiene un tipo de datos que QGIS no puede leer como imagen.</translation>
        </message>
        <message>
            <source>Build it again, or add it from where it is now.</source>
            <translation>Créelo de nuevo o añádalo desde donde está ahora.</translation>
        </message>
        <message>
            <source>Build one first.</source>
            <translation>Cree uno primero.</translation>
        </message>
        <message>
            <source>Build one in the Search tab of the panel.</source>
            <translation>Cree uno en la pestaña Buscar del panel.</translation>
        </message>
        <message>
            <source>Build the index anew; the rasters themselves are untouched.</source>
            <translation>Cree el índice de nuevo; los rásteres no se han tocado.</translation>
        </message>
        <message>
            <source>Changed: {share} of the area, in {count} of 1 window.</source>
            <translation>Cambiado: {share} de la superficie, en {count} de 1 ventana.</translation>
        </message>
        <message>
            <source>Changed: {share} of the area, in {count} of {windows} windows.</source>
            <translation>Cambiado: {share} de la superficie, en {count} de {windows} ventanas.</translation>
        </message>
        <message>
            <source>Check the connection and the layer's address.</source>
            <translation>Compruebe la conexión y la dirección de la capa.</translation>
        </message>
        <message>
            <source>Check the path.</source>
            <translation>Compruebe la ruta.</translation>
        </message>
        <message>
            <source>Choose a .gpkg that was made as an index, or another name.</source>
            <translation>Elija un .gpkg creado como índice u otro nombre.</translation>
        </message>
        <message>
            <source>Choose a bundle folder or zip file.</source>
            <translation>Elija una carpeta o un archivo zip de modelo.</translation>
        </message>
        <message>
            <source>Choose a smaller area or a coarser resolution.</source>
            <translation>Elija una zona menor o una resolución más gruesa.</translation>
        </message>
        <message>
            <source>Choose a zipped model bundle.</source>
            <translation>Elija un paquete de modelo en zip.</translation>
        </message>
        <message>
            <source>Choose an area that the raster covers; it covers {bounds}.</source>
            <translation>Elija una zona que cubra el ráster; cubre {bounds}.</translation>
        </message>
        <message>
            <source>Choose an area where each of them shows something.</source>
            <translation>Elija una zona donde cada una muestre algo.</translation>
        </message>
        <message>
            <source>Choose an area where the raster shows something.</source>
            <translation>Elija una zona donde el ráster muestre algo.</translation>
        </message>
        <message>
            <source>Choose an image that was indexed.</source>
            <translation>Elija una imagen que se haya indexado.</translation>
        </message>
        <message>
            <source>Choose another area.</source>
            <translation>Elija otra zona.</translation>
        </message>
        <message>
            <source>Choose another folder, or make room on the disk.</source>
            <translation>Elija otra carpeta o libere espacio en el disco.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Elija otra carpeta.</translation>
        </message>
        <message>
            <source>Choose another layer.</source>
            <translation>Elija otra capa.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Elija otro nombre.</translation>
        </message>
        <message>
            <source>Choose another, or ask for access to it.</source>
            <translation>Elija otro o pida acceso a él.</translation>
        </message>
        <message>
            <source>Choose one of: {policies}.</source>
            <translation>Elija una de: {policies}.</translation>
        </message>
        <message>
            <source>Choose that model, or build a new index with this one.</source>
            <translation>Elija aquel modelo o cree un índice nuevo con este.</translation>
        </message>
        <message>
            <source>Choose that model, or learn the concept again with this one.</source>
            <translation>Elija aquel modelo o aprenda el concepto de nuevo con este.</translation>
        </message>
        <message>
            <source>Choose the folder a model was exported to.</source>
            <translation>Elija la carpeta a la que se exportó un modelo.</translation>
        </message>
        <message>
            <source>Choose the policy content, or a model with a detail head.</source>
            <translation>Elija la estrategia content o un modelo con cabezal de detalle.</translation>
        </message>
        <message>
            <source>Choosing where to look…</source>
            <translation>Eligiendo dónde mirar…</translation>
        </message>
        <message>
            <source>Compare two images of the same place.</source>
            <translation>Compare dos imágenes del mismo lugar.</translation>
        </message>
        <message>
            <source>Comparing window {number} of {total}</source>
            <translation>Comparando la ventana {number} de {total}</translation>
        </message>
        <message>
            <source>Complex values are shown by their amplitude.</source>
            <translation>Los valores complejos se muestran por su amplitud.</translation>
        </message>
        <message>
            <source>Convert it to 8 or 16 bit, or to float32, with Raster &gt; Conversion &gt; Translate.</source>
            <translation>Conviértala a 8 o 16 bits, o a float32, con Ráster &gt; Conversión &gt; Traducir.</translation>
        </message>
        <message>
            <source>Copy it to a folder of your own, or ask for access.</source>
            <translation>Cópielo a una carpeta propia o pida acceso.</translation>
        </message>
        <message>
            <source>Counted tile by tile: what lies on a seam may be counted twice.</source>
            <translation>Contado tesela a tesela: lo que está en una junta puede contarse dos veces.</translation>
        </message>
        <message>
            <source>Delete it yourself.</source>
            <translation>Bórrelo usted.</translation>
        </message>
        <message>
            <source>Do not use this bundle unless you trust where it comes from.</source>
            <translation>No use este paquete a menos que confíe en su procedencia.</translation>
        </message>
        <message>
            <source>Download the STAC files, and keep their folders as they are.</source>
            <translation>Descargue los archivos STAC y conserve sus carpetas.</translation>
        </message>
        <message>
            <source>Draw it again.</source>
            <translation>Dibújela de nuevo.</translation>
        </message>
        <message>
            <source>Draw it where an indexed image lies.</source>
            <translation>Dibújelo donde haya una imagen indexada.</translation>
        </message>
        <message>
            <source>Draw or choose a polygon.</source>
            <translation>Dibuje o elija un polígono.</translation>
        </message>
        <message>
            <source>Draw or select an area first.</source>
            <translation>Dibuje o seleccione primero una zona.</translation>
        </message>
        <message>
            <source>Export the bundle anew.</source>
            <translation>Exporte el paquete de nuevo.</translation>
        </message>
        <message>
            <source>Extent and polygons have no area in common.</source>
            <translation>La extensión y los polígonos no tienen ninguna zona en común.</translation>
        </message>
        <message>
            <source>Files are found by suffix: {suffixes}.</source>
            <translation>Los archivos se reconocen por su extensión: {suffixes}.</translation>
        </message>
        <message>
            <source>Found at {path}.</source>
            <translation>Encontrado en {path}.</translation>
        </message>
        <message>
            <source>From 1 to {most} results can be asked for, not {count}.</source>
            <translation>Se pueden pedir de 1 a {most} resultados, no {count}.</translation>
        </message>
        <message>
            <source>Georeferenced by ground control points only: positions are approximate.</source>
            <translation>Georreferenciado solo por puntos de control: las posiciones son aproximadas.</translation>
        </message>
        <message>
            <source>Give XMIN,YMIN,XMAX,YMAX in the raster's CRS.</source>
            <translation>Indique XMIN,YMIN,XMAX,YMAX en el SRC del ráster.</translation>
        </message>
        <message>
            <source>Give a STAC item, collection or catalogue, or a text file with a raster a line.</source>
            <translation>Indique un elemento, una colección o un catálogo STAC, o un archivo de texto con un ráster por línea.</translation>
        </message>
        <message>
            <source>Give it a CRS (in QGIS: Layer &gt; Set CRS), or compare two images without one.</source>
            <translation>Asígnele un SRC (en QGIS: Capa &gt; Establecer SRC) o compare dos imágenes que no lo tengan.</translation>
        </message>
        <message>
            <source>Give names like: forest,water,city</source>
            <translation>Indique nombres como: forest,water,city</translation>
        </message>
        <message>
            <source>Hardly anything that the model learnt from was called {things}: results may mean little.</source>
            <translation>Casi nada de lo que el modelo aprendió se llamaba {things}: los resultados pueden significar poco.</translation>
        </message>
        <message>
            <source>Install it from the plugin's dependency dialog or with: pip install {name}</source>
            <translation>Instálelo desde el diálogo de dependencias del complemento o con: pip install {name}</translation>
        </message>
        <message>
            <source>Install it with: pip install rasterio</source>
            <translation>Instálelo con: pip install rasterio</translation>
        </message>
        <message>
            <source>Install the bundle again, or export it anew with export_onnx.py.</source>
            <translation>Instale el paquete de nuevo o expórtelo otra vez con export_onnx.py.</translation>
        </message>
        <message>
            <source>Is it damaged?</source>
            <translation>¿Está dañado?</translation>
        </message>
        <message>
            <source>It can {actions}; choose another model.</source>
            <translation>Puede {actions}; elija otro modelo.</translation>
        </message>
        <message>
            <source>It has to hold "format": "{format}".</source>
            <translation>Debe contener "format": "{format}".</translation>
        </message>
        <message>
            <source>It learnt from English captions: use English words for things seen from above.</source>
            <translation>Aprendió de pies de imagen en inglés: use palabras inglesas para cosas vistas desde arriba.</translation>
        </message>
        <message>
            <source>It looks like longitude and latitude; give it in the raster's CRS, {name}.</source>
            <translation>Parece estar en longitud y latitud; indíquela en el SRC del ráster, {name}.</translation>
        </message>
        <message>
            <source>It may reach beyond where that coordinate system is defined: choose a smaller one.</source>
            <translation>Puede salirse de donde ese sistema de coordenadas está definido: elija una menor.</translation>
        </message>
        <message>
            <source>Its coordinates are not degrees; give it in the raster's CRS, {name}.</source>
            <translation>Sus coordenadas no son grados; indíquela en el SRC del ráster, {name}.</translation>
        </message>
        <message>
            <source>Its folder cannot be reached, so it is kept as it is.</source>
            <translation>No se puede acceder a su carpeta, así que se conserva como está.</translation>
        </message>
        <message>
            <source>Labels are missing or empty.</source>
            <translation>Faltan etiquetas o están vacías.</translation>
        </message>
        <message>
            <source>Leave the knowledge file out, or choose a model with a knowledge base.</source>
            <translation>Omita el archivo de conocimiento o elija un modelo con una base de conocimiento.</translation>
        </message>
        <message>
            <source>Looking at tile {number} of {total}</source>
            <translation>Mirando la tesela {number} de {total}</translation>
        </message>
        <message>
            <source>Looking closer at {name}</source>
            <translation>Mirando {name} más de cerca</translation>
        </message>
        <message>
            <source>Make it, or choose another.</source>
            <translation>Créela o elija otra.</translation>
        </message>
        <message>
            <source>Make room. {kept}</source>
            <translation>Libere espacio. {kept}</translation>
        </message>
        <message>
            <source>Move one of them.</source>
            <translation>Mueva uno de ellos.</translation>
        </message>
        <message>
            <source>Name a file in it.</source>
            <translation>Nombre un archivo de ella.</translation>
        </message>
        <message>
            <source>Name a raster file.</source>
            <translation>Nombre un archivo ráster.</translation>
        </message>
        <message>
            <source>Name one kind of thing.</source>
            <translation>Nombre una sola clase de cosas.</translation>
        </message>
        <message>
            <source>Name what to find, like: storage tank</source>
            <translation>Nombre en inglés lo que hay que encontrar, como: storage tank</translation>
        </message>
        <message>
            <source>No change that the model can see.</source>
            <translation>Ningún cambio que el modelo pueda ver.</translation>
        </message>
        <message>
            <source>No tile is left to look at: the index or the chosen part is empty.</source>
            <translation>No queda ninguna tesela que mirar: el índice o la parte elegida está vacía.</translation>
        </message>
        <message>
            <source>None of the indexed images shows anything in this rectangle.</source>
            <translation>Ninguna de las imágenes indexadas muestra algo en este rectángulo.</translation>
        </message>
        <message>
            <source>Objects are counted as places the model looked at while writing their names, not as instances.</source>
            <translation>Los objetos se cuentan como lugares que el modelo miró al escribir sus nombres, no como ejemplares.</translation>
        </message>
        <message>
            <source>Objects are gained and lost where the captions of changed windows name them; they are counted as places, not as instances.</source>
            <translation>Los objetos se dan por ganados o perdidos donde los nombran las descripciones de las ventanas cambiadas; se cuentan como lugares, no como ejemplares.</translation>
        </message>
        <message>
            <source>Objects of other kinds are gained and lost where the captions of changed windows name them; they are counted as places, not as instances.</source>
            <translation>Los objetos de otras clases se dan por ganados o perdidos donde los nombran las descripciones de las ventanas cambiadas; se cuentan como lugares, no como ejemplares.</translation>
        </message>
        <message>
            <source>Objects of the kinds that the model finds were looked for one by one in both images; their numbers are instances.</source>
            <translation>Los objetos de las clases que el modelo encuentra se buscaron uno a uno en ambas imágenes; sus números son ejemplares.</translation>
        </message>
        <message>
            <source>Objects of the kinds that the model was trained to find are counted one by one; all others as places it looked at while writing their names.</source>
            <translation>Los objetos de las clases que el modelo aprendió a encontrar se cuentan uno a uno; los demás, como lugares que miró al escribir sus nombres.</translation>
        </message>
        <message>
            <source>One or three bands can be shown, not {count}.</source>
            <translation>Se pueden mostrar una o tres bandas, no {count}.</translation>
        </message>
        <message>
            <source>Only the first words of the query count: the model reads {most} pieces.</source>
            <translation>Solo cuentan las primeras palabras de la consulta: el modelo lee {most} fragmentos.</translation>
        </message>
        <message>
            <source>Outlines are boxes along the image's rows and columns: their area and length are upper bounds of the object's.</source>
            <translation>Los contornos son cajas a lo largo de las filas y columnas de la imagen: su superficie y longitud son cotas superiores de las del objeto.</translation>
        </message>
        <message>
            <source>Raise it, or find them one at a time.</source>
            <translation>Auméntelo o búsquelos de uno en uno.</translation>
        </message>
        <message>
            <source>Reinstall it; on Windows install the Microsoft Visual C++ Redistributable.</source>
            <translation>Reinstálelo; en Windows instale Microsoft Visual C++ Redistributable.</translation>
        </message>
        <message>
            <source>Rename the file.</source>
            <translation>Cambie el nombre del archivo.</translation>
        </message>
        <message>
            <source>Repair its source in the layer properties, or choose another layer.</source>
            <translation>Repare su origen en las propiedades de la capa o elija otra capa.</translation>
        </message>
        <message>
            <source>Save it as UTF-8, or give a raster.</source>
            <translation>Guárdela como UTF-8 o indique un ráster.</translation>
        </message>
        <message>
            <source>Save its items beside it, or give the items themselves.</source>
            <translation>Guarde sus elementos al lado o indique los propios elementos.</translation>
        </message>
        <message>
            <source>Save the concept again from examples.</source>
            <translation>Guarde el concepto de nuevo a partir de ejemplos.</translation>
        </message>
        <message>
            <source>Say in words what is meant.</source>
            <translation>Diga con palabras lo que busca.</translation>
        </message>
        <message>
            <source>Say it in a sentence.</source>
            <translation>Dígalo en una frase.</translation>
        </message>
        <message>
            <source>Say what to look for as well.</source>
            <translation>Diga también qué hay que buscar.</translation>
        </message>
        <message>
            <source>Set the layer up with an authentication of QGIS instead, and index it again.</source>
            <translation>Configure la capa con una autenticación de QGIS e indéxela de nuevo.</translation>
        </message>
        <message>
            <source>Split it.</source>
            <translation>Divídala.</translation>
        </message>
        <message>
            <source>Stopped after {done} of {total} tiles.</source>
            <translation>Detenido tras {done} de {total} teselas.</translation>
        </message>
        <message>
            <source>Stopped after {done} of {total} windows.</source>
            <translation>Detenido tras {done} de {total} ventanas.</translation>
        </message>
        <message>
            <source>Stopped before every hit was looked at closer.</source>
            <translation>Detenido antes de mirar de cerca todos los resultados.</translation>
        </message>
        <message>
            <source>That would ask the server of {layer} for some {pictures} pictures; at most {most} are polite.</source>
            <translation>Eso pediría al servidor de {layer} unas {pictures} imágenes; más de {most} sería descortés.</translation>
        </message>
        <message>
            <source>The Python package {name} is installed but does not load ({reason}).</source>
            <translation>El paquete de Python {name} está instalado pero no se carga ({reason}).</translation>
        </message>
        <message>
            <source>The Python package {name} is not installed.</source>
            <translation>El paquete de Python {name} no está instalado.</translation>
        </message>
        <message>
            <source>The STAC file {address} is on a server; only rasters are read from there.</source>
            <translation>El archivo STAC {address} está en un servidor; de allí solo se leen rásteres.</translation>
        </message>
        <message>
            <source>The STAC file {name} links to no item.</source>
            <translation>El archivo STAC {name} no enlaza con ningún elemento.</translation>
        </message>
        <message>
            <source>The STAC item {name} has no raster among its assets.</source>
            <translation>El elemento STAC {name} no tiene ningún ráster entre sus recursos.</translation>
        </message>
        <message>
            <source>The address of {name} holds a key, which an index does not keep.</source>
            <translation>La dirección de {name} contiene una clave, que un índice no guarda.</translation>
        </message>
        <message>
            <source>The area lies outside the layer {layer}.</source>
            <translation>La zona está fuera de la capa {layer}.</translation>
        </message>
        <message>
            <source>The budget must be at least one tile.</source>
            <translation>El presupuesto debe ser de al menos una tesela.</translation>
        </message>
        <message>
            <source>The budget must be at least {least} tiles: each image is looked at, and one of them twice to know what no change looks like.</source>
            <translation>El presupuesto debe ser de al menos {least} teselas: se mira cada imagen, y una de ellas dos veces para saber cómo es la ausencia de cambio.</translation>
        </message>
        <message>
            <source>The concept cannot be kept in {folder}: {reason}.</source>
            <translation>El concepto no se puede guardar en {folder}: {reason}.</translation>
        </message>
        <message>
            <source>The concept cannot be written to {path}: {reason}.</source>
            <translation>El concepto no se puede escribir en {path}: {reason}.</translation>
        </message>
        <message>
            <source>The concept {concept} cannot be removed: {reason}.</source>
            <translation>El concepto {concept} no se puede quitar: {reason}.</translation>
        </message>
        <message>
            <source>The concept {name} was learnt with {theirs}, another model than {ours} at hand.</source>
            <translation>El concepto {name} se aprendió con {theirs}, otro modelo que {ours}.</translation>
        </message>
        <message>
            <source>The data of layer {layer} cannot be opened.</source>
            <translation>Los datos de la capa {layer} no se pueden abrir.</translation>
        </message>
        <message>
            <source>The empty index {name} cannot be taken away: {reason}.</source>
            <translation>No se puede quitar el índice vacío {name}: {reason}.</translation>
        </message>
        <message>
            <source>The feature has no geometry.</source>
            <translation>El objeto espacial no tiene geometría.</translation>
        </message>
        <message>
            <source>The file is no longer there, so its tiles were taken out.</source>
            <translation>El archivo ya no está, así que se quitaron sus teselas.</translation>
        </message>
        <message>
            <source>The file may be damaged, incomplete or gone, or the server may be down.</source>
            <translation>El archivo puede estar dañado, incompleto o perdido, o el servidor puede no responder.</translation>
        </message>
        <message>
            <source>The file may be damaged, incomplete or no longer there.</source>
            <translation>El archivo puede estar dañado, incompleto o ya no estar.</translation>
        </message>
        <message>
            <source>The file may be missing, damaged or of a format GDAL does not know.</source>
            <translation>El archivo puede faltar, estar dañado o en un formato que GDAL no conoce.</translation>
        </message>
        <message>
            <source>The file's name is empty.</source>
            <translation>El nombre del archivo está vacío.</translation>
        </message>
        <message>
            <source>The file's name is not valid UTF-8, so it cannot be opened.</source>
            <translation>El nombre del archivo no es UTF-8 válido, por lo que no se puede abrir.</translation>
        </message>
        <message>
            <source>The first image was coarsened to the resolution of the second.</source>
            <translation>La primera imagen se redujo a la resolución de la segunda.</translation>
        </message>
        <message>
            <source>The first sentence is that of the largest part ({share} %): from the overview the model could name nothing.</source>
            <translation>La primera frase es la de la parte mayor ({share} %): en la vista general el modelo no pudo nombrar nada.</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be read: {reason}.</source>
            <translation>La carpeta {folder} no se puede leer: {reason}.</translation>
        </message>
        <message>
            <source>The folder {folder} holds no raster.</source>
            <translation>La carpeta {folder} no contiene ningún ráster.</translation>
        </message>
        <message>
            <source>The folder {path} holds no {file}.</source>
            <translation>La carpeta {path} no contiene {file}.</translation>
        </message>
        <message>
            <source>The graphics card could not be used ({reason}); the CPU is used.</source>
            <translation>No se pudo usar la tarjeta gráfica ({reason}); se usa la CPU.</translation>
        </message>
        <message>
            <source>The image was looked at with {span} m per model pixel; the model learnt from {finest} to {coarsest} m, so its words are less reliable here and their confidence is lowered.</source>
            <translation>La imagen se miró con {span} m por píxel del modelo; el modelo aprendió de {finest} a {coarsest} m, así que sus palabras son aquí menos fiables y su confianza se ha reducido.</translation>
        </message>
        <message>
            <source>The image was looked at with {span} m per model pixel; the model learnt from {finest} to {coarsest} m, so its words are less reliable here.</source>
            <translation>La imagen se miró con {span} m por píxel del modelo; el modelo aprendió de {finest} a {coarsest} m, así que sus palabras son aquí menos fiables.</translation>
        </message>
        <message>
            <source>The index {index} was made with {theirs}, another model than {ours} at hand, so its vectors cannot be compared.</source>
            <translation>El índice {index} se creó con {theirs}, otro modelo que {ours}, así que sus vectores no se pueden comparar.</translation>
        </message>
        <message>
            <source>The index {name} cannot be made: {reason}.</source>
            <translation>El índice {name} no se puede crear: {reason}.</translation>
        </message>
        <message>
            <source>The index {name} cannot be opened for writing: it or its folder is read-only.</source>
            <translation>El índice {name} no se puede abrir para escribir: él o su carpeta es de solo lectura.</translation>
        </message>
        <message>
            <source>The index {name} cannot be read: {reason}.</source>
            <translation>El índice {name} no se puede leer: {reason}.</translation>
        </message>
        <message>
            <source>The index {name} cannot be used ({reason}).</source>
            <translation>El índice {name} no se puede usar ({reason}).</translation>
        </message>
        <message>
            <source>The index {name} cannot grow: the disk is full or failing.</source>
            <translation>El índice {name} no puede crecer: el disco está lleno o falla.</translation>
        </message>
        <message>
            <source>The index {name} does not say which model made it.</source>
            <translation>El índice {name} no dice qué modelo lo creó.</translation>
        </message>
        <message>
            <source>The index {name} has format version {version}; this plugin reads {own}.</source>
            <translation>El índice {name} tiene la versión de formato {version}; este complemento lee la {own}.</translation>
        </message>
        <message>
            <source>The index {name} is being written by another program.</source>
            <translation>Otro programa está escribiendo el índice {name}.</translation>
        </message>
        <message>
            <source>The index {name} is cut off.</source>
            <translation>El índice {name} está cortado.</translation>
        </message>
        <message>
            <source>The index {name} is damaged or cut off.</source>
            <translation>El índice {name} está dañado o cortado.</translation>
        </message>
        <message>
            <source>The index {name} is damaged.</source>
            <translation>El índice {name} está dañado.</translation>
        </message>
        <message>
            <source>The index {name} was changed by another program.</source>
            <translation>Otro programa cambió el índice {name}.</translation>
        </message>
        <message>
            <source>The index {name} was opened for reading only.</source>
            <translation>El índice {name} se abrió solo para lectura.</translation>
        </message>
        <message>
            <source>The knowledge base was embedded by another text model than the bundle's.</source>
            <translation>La base de conocimiento se incrustó con otro modelo de texto que el del paquete.</translation>
        </message>
        <message>
            <source>The knowledge file {file} cannot be read ({reason}).</source>
            <translation>No se puede leer el archivo de conocimiento {file} ({reason}).</translation>
        </message>
        <message>
            <source>The layer is drawn by a server: what is described is its picture.</source>
            <translation>La capa la dibuja un servidor: se describe su imagen.</translation>
        </message>
        <message>
            <source>The least change must be from 0 to 1.</source>
            <translation>El cambio mínimo debe estar entre 0 y 1.</translation>
        </message>
        <message>
            <source>The least score must be from 0 to 1.</source>
            <translation>La puntuación mínima debe estar entre 0 y 1.</translation>
        </message>
        <message>
            <source>The list names {address}, which is no address.</source>
            <translation>La lista nombra {address}, que no es una dirección.</translation>
        </message>
        <message>
            <source>The list {name} cannot be read: {reason}.</source>
            <translation>La lista {name} no se puede leer: {reason}.</translation>
        </message>
        <message>
            <source>The list {name} is larger than 64 MiB.</source>
            <translation>La lista {name} supera los 64 MiB.</translation>
        </message>
        <message>
            <source>The list {name} is not text in UTF-8.</source>
            <translation>La lista {name} no es texto en UTF-8.</translation>
        </message>
        <message>
            <source>The list {name} names no raster.</source>
            <translation>La lista {name} no nombra ningún ráster.</translation>
        </message>
        <message>
            <source>The model bundle cannot find objects.</source>
            <translation>El paquete del modelo no puede encontrar objetos.</translation>
        </message>
        <message>
            <source>The model bundle has format version {version}; this plugin reads {own}.</source>
            <translation>El paquete del modelo tiene la versión de formato {version}; este complemento lee la {own}.</translation>
        </message>
        <message>
            <source>The model bundle has no answers.</source>
            <translation>El paquete del modelo no tiene respuestas.</translation>
        </message>
        <message>
            <source>The model bundle has no decoder.</source>
            <translation>El paquete del modelo no tiene decodificador.</translation>
        </message>
        <message>
            <source>The model bundle has no detail head.</source>
            <translation>El paquete del modelo no tiene cabezal de detalle.</translation>
        </message>
        <message>
            <source>The model bundle lacks its knowledge base.</source>
            <translation>Al paquete del modelo le falta su base de conocimiento.</translation>
        </message>
        <message>
            <source>The model bundle lacks its remembered captions.</source>
            <translation>Al paquete del modelo le faltan sus pies de imagen recordados.</translation>
        </message>
        <message>
            <source>The model bundle promises to describe but has no decoder.</source>
            <translation>El paquete del modelo promete describir pero no tiene decodificador.</translation>
        </message>
        <message>
            <source>The model bundle remembers captions but has no decoder.</source>
            <translation>El paquete del modelo recuerda pies de imagen pero no tiene decodificador.</translation>
        </message>
        <message>
            <source>The model bundle {name} cannot be opened: {reason}.</source>
            <translation>El paquete de modelo {name} no se puede abrir: {reason}.</translation>
        </message>
        <message>
            <source>The model bundle {name} is not a readable zip file.</source>
            <translation>El paquete de modelo {name} no es un archivo zip legible.</translation>
        </message>
        <message>
            <source>The model bundle's decoder does not answer.</source>
            <translation>El decodificador del paquete del modelo no responde.</translation>
        </message>
        <message>
            <source>The model bundle's detail head does not fit.</source>
            <translation>El cabezal de detalle del paquete del modelo no encaja.</translation>
        </message>
        <message>
            <source>The model bundle's file {name} is not the one that was published (wrong hash).</source>
            <translation>El archivo {name} del paquete del modelo no es el que se publicó (suma de comprobación incorrecta).</translation>
        </message>
        <message>
            <source>The model bundle's tokenizer is malformed.</source>
            <translation>El tokenizador del paquete del modelo está mal formado.</translation>
        </message>
        <message>
            <source>The model does not know the words of: {labels}; their scores mean nothing.</source>
            <translation>El modelo no conoce las palabras de: {labels}; sus puntuaciones no significan nada.</translation>
        </message>
        <message>
            <source>The model does not know {words}: results may not mean what was asked.</source>
            <translation>El modelo no conoce {words}: los resultados pueden no significar lo que se pidió.</translation>
        </message>
        <message>
            <source>The model does not know {words}; the query may be in a language it did not learn (it learnt English): results may not mean what was asked.</source>
            <translation>El modelo no conoce {words}; la consulta puede estar en un idioma que no aprendió (aprendió inglés): los resultados pueden no significar lo que se pidió.</translation>
        </message>
        <message>
            <source>The model does not know {word}: it was asked for {name}.</source>
            <translation>El modelo no conoce {word}: se le preguntó por {name}.</translation>
        </message>
        <message>
            <source>The model has not learnt where a closer look pays.</source>
            <translation>El modelo no ha aprendido dónde compensa mirar más de cerca.</translation>
        </message>
        <message>
            <source>The model knows no word of {words}.</source>
            <translation>El modelo no conoce ninguna palabra de {words}.</translation>
        </message>
        <message>
            <source>The model looks nothing up, so knowledge of your own has no effect.</source>
            <translation>El modelo no consulta nada, por lo que un conocimiento propio no tiene efecto.</translation>
        </message>
        <message>
            <source>The model was not trained to find {phrases} one by one: it outlines areas that look so, in squares of its grid.</source>
            <translation>El modelo no aprendió a encontrar {phrases} de uno en uno: delimita las zonas que lo parecen, en cuadrados de su cuadrícula.</translation>
        </message>
        <message>
            <source>The model was taught nothing finer than {kind}: for {phrase} it finds all of that kind.</source>
            <translation>El modelo no aprendió nada más preciso que {kind}: para {phrase} encuentra todo objeto de esa clase.</translation>
        </message>
        <message>
            <source>The model {name} {version} cannot {action}.</source>
            <translation>El modelo {name} {version} no puede {action}.</translation>
        </message>
        <message>
            <source>The model's graph {name} failed ({reason}).</source>
            <translation>El grafo {name} del modelo falló ({reason}).</translation>
        </message>
        <message>
            <source>The model's input must be at least one pixel wide.</source>
            <translation>La entrada del modelo debe tener al menos un píxel de ancho.</translation>
        </message>
        <message>
            <source>The name of a web layer's area is damaged.</source>
            <translation>El nombre de la zona de una capa web está dañado.</translation>
        </message>
        <message>
            <source>The place shows nodata only.</source>
            <translation>El lugar solo muestra «sin datos».</translation>
        </message>
        <message>
            <source>The polygons to describe are empty.</source>
            <translation>Los polígonos que describir están vacíos.</translation>
        </message>
        <message>
            <source>The project has no search index.</source>
            <translation>El proyecto no tiene índice de búsqueda.</translation>
        </message>
        <message>
            <source>The query holds no word.</source>
            <translation>La consulta no contiene ninguna palabra.</translation>
        </message>
        <message>
            <source>The query is empty.</source>
            <translation>La consulta está vacía.</translation>
        </message>
        <message>
            <source>The query is {length} characters long; at most {most} are read.</source>
            <translation>La consulta tiene {length} caracteres; se leen como mucho {most}.</translation>
        </message>
        <message>
            <source>The query says only what is not wanted.</source>
            <translation>La consulta solo dice lo que no se quiere.</translation>
        </message>
        <message>
            <source>The query was embedded by another model.</source>
            <translation>La consulta se incrustó con otro modelo.</translation>
        </message>
        <message>
            <source>The question is {length} characters long; at most {most} are read.</source>
            <translation>La pregunta tiene {length} caracteres; se leen como mucho {most}.</translation>
        </message>
        <message>
            <source>The raster has no CRS: places are given in its own coordinates.</source>
            <translation>El ráster no tiene SRC: los lugares se dan en sus propias coordenadas.</translation>
        </message>
        <message>
            <source>The raster has no overviews: coarse views sample single pixels and are slow to read.</source>
            <translation>El ráster no tiene vistas generales: las vistas gruesas toman píxeles sueltos y se leen despacio.</translation>
        </message>
        <message>
            <source>The raster has no overviews: coarse views sample single pixels and take long to read; overviews, built once with gdaladdo or in QGIS under Layer Properties &gt; Pyramids, make them quick.</source>
            <translation>El ráster no tiene vistas generales: las vistas gruesas toman píxeles sueltos y tardan mucho en leerse; unas vistas generales, creadas una vez con gdaladdo o en QGIS en Propiedades de la capa &gt; Pirámides, las hacen rápidas.</translation>
        </message>
        <message>
            <source>The raster is rotated against the map; QGIS turned it north-up to show it.</source>
            <translation>El ráster está girado respecto al mapa; QGIS lo orientó al norte para mostrarlo.</translation>
        </message>
        <message>
            <source>The raster is rotated against the map; its places are rotated with it.</source>
            <translation>El ráster está girado respecto al mapa; sus lugares están girados con él.</translation>
        </message>
        <message>
            <source>The raster layer is no longer there.</source>
            <translation>La capa ráster ya no está.</translation>
        </message>
        <message>
            <source>The raster's footprint cannot be read.</source>
            <translation>No se puede leer la huella del ráster.</translation>
        </message>
        <message>
            <source>The raster's geotransform is singular, so places on it cannot be located.</source>
            <translation>La geotransformación del ráster es singular, así que no se pueden situar lugares en él.</translation>
        </message>
        <message>
            <source>The region</source>
            <translation>La región</translation>
        </message>
        <message>
            <source>The region cannot be moved from {own} to the raster's {raster}.</source>
            <translation>La región no se puede pasar de {own} a {raster}, el SRC del ráster.</translation>
        </message>
        <message>
            <source>The region has a corner that is not a finite place on this raster.</source>
            <translation>La región tiene una esquina que no es un lugar finito en este ráster.</translation>
        </message>
        <message>
            <source>The region has no area.</source>
            <translation>La región no tiene superficie.</translation>
        </message>
        <message>
            <source>The region holds no pixel that all of the images show.</source>
            <translation>La región no contiene ningún píxel que muestren todas las imágenes.</translation>
        </message>
        <message>
            <source>The region holds no valid pixel of {name}: all of it is nodata.</source>
            <translation>La región no contiene ningún píxel válido de {name}: toda ella está sin datos.</translation>
        </message>
        <message>
            <source>The region is empty.</source>
            <translation>La región está vacía.</translation>
        </message>
        <message>
            <source>The region is empty: its minimum is not below its maximum.</source>
            <translation>La región está vacía: su mínimo no está por debajo de su máximo.</translation>
        </message>
        <message>
            <source>The region is empty: its rectangle has no area.</source>
            <translation>La región está vacía: su rectángulo no tiene superficie.</translation>
        </message>
        <message>
            <source>The region is not a polygon.</source>
            <translation>La región no es un polígono.</translation>
        </message>
        <message>
            <source>The region lies outside {name}.</source>
            <translation>La región está fuera de {name}.</translation>
        </message>
        <message>
            <source>The remembered captions were embedded by another vision model than the bundle's.</source>
            <translation>Los pies de imagen recordados se incrustaron con otro modelo de visión que el del paquete.</translation>
        </message>
        <message>
            <source>The report cannot be written to {path}: {reason}.</source>
            <translation>El informe no se puede escribir en {path}: {reason}.</translation>
        </message>
        <message>
            <source>The results cannot be written to {path}: {reason}.</source>
            <translation>Los resultados no se pueden escribir en {path}: {reason}.</translation>
        </message>
        <message>
            <source>The results in {path} cannot be opened as a layer.</source>
            <translation>Los resultados de {path} no se pueden abrir como capa.</translation>
        </message>
        <message>
            <source>The search index {path} is no longer there.</source>
            <translation>El índice de búsqueda {path} ya no está.</translation>
        </message>
        <message>
            <source>The second image was shown in the tone of the first.</source>
            <translation>La segunda imagen se mostró con el tono de la primera.</translation>
        </message>
        <message>
            <source>The server did not send every picture ({reason}): the gaps count as no data.</source>
            <translation>El servidor no envió todas las imágenes ({reason}): los huecos cuentan como sin datos.</translation>
        </message>
        <message>
            <source>The server may be down, or its address has changed.</source>
            <translation>El servidor puede no responder, o su dirección ha cambiado.</translation>
        </message>
        <message>
            <source>The server of {name} cannot be reached or fails ({reason}).</source>
            <translation>El servidor de {name} no responde o falla ({reason}).</translation>
        </message>
        <message>
            <source>The server of {name} {refused} (HTTP {status}).</source>
            <translation>El servidor de {name} {refused} (HTTP {status}).</translation>
        </message>
        <message>
            <source>The vision graph gives another number of cells than bundle.json says.</source>
            <translation>El grafo de visión da otro número de celdas que el que dice bundle.json.</translation>
        </message>
        <message>
            <source>The vision graph gives embeddings of another size than bundle.json says.</source>
            <translation>El grafo de visión da incrustaciones de otro tamaño que el que dice bundle.json.</translation>
        </message>
        <message>
            <source>The web layer {name} cannot be opened.</source>
            <translation>La capa web {name} no se puede abrir.</translation>
        </message>
        <message>
            <source>The zip {name} holds no {file}.</source>
            <translation>El zip {name} no contiene {file}.</translation>
        </message>
        <message>
            <source>There is no folder {folder}.</source>
            <translation>No existe la carpeta {folder}.</translation>
        </message>
        <message>
            <source>There is no index {path}.</source>
            <translation>No hay ningún índice {path}.</translation>
        </message>
        <message>
            <source>There is no model bundle at {path}.</source>
            <translation>No hay ningún paquete de modelo en {path}.</translation>
        </message>
        <message>
            <source>There is no policy {policy}.</source>
            <translation>No existe la estrategia {policy}.</translation>
        </message>
        <message>
            <source>There is nothing to look for.</source>
            <translation>No hay nada que buscar.</translation>
        </message>
        <message>
            <source>These phrases need a budget of {count} tiles at least.</source>
            <translation>Estas expresiones necesitan un presupuesto de {count} teselas como mínimo.</translation>
        </message>
        <message>
            <source>This onnxruntime has no CUDA provider; the CPU is used instead.</source>
            <translation>Este onnxruntime no tiene proveedor CUDA; se usa la CPU en su lugar.</translation>
        </message>
        <message>
            <source>This raster has a colour table, so it may be a map, not imagery; read what is said of it with care.</source>
            <translation>Este ráster tiene una tabla de colores, así que puede ser un mapa y no una imagen; lea con cautela lo que se dice de él.</translation>
        </message>
        <message>
            <source>This raster has one band of few different values, so it may be a map of classes, not imagery; read what is said of it with care.</source>
            <translation>Este ráster tiene una sola banda con pocos valores distintos, así que puede ser un mapa de clases y no una imagen; lea con cautela lo que se dice de él.</translation>
        </message>
        <message>
            <source>To the model, what is wanted and what is not mean the same.</source>
            <translation>Para el modelo, lo que se quiere y lo que no significan lo mismo.</translation>
        </message>
        <message>
            <source>Two knowledge bases of different models cannot be joined.</source>
            <translation>No se pueden unir dos bases de conocimiento de modelos distintos.</translation>
        </message>
        <message>
            <source>Type a few words.</source>
            <translation>Escriba unas palabras.</translation>
        </message>
        <message>
            <source>Type one, like: how many planes are there?</source>
            <translation>Escriba una en inglés, como: how many planes are there?</translation>
        </message>
        <message>
            <source>Type what to look for in words.</source>
            <translation>Escriba con palabras lo que hay que buscar.</translation>
        </message>
        <message>
            <source>Type what to look for, like: planes on a runway</source>
            <translation>Escriba en inglés lo que hay que buscar, como: planes on a runway</translation>
        </message>
        <message>
            <source>Update onnxruntime, or install the model bundle again.</source>
            <translation>Actualice onnxruntime o instale el paquete del modelo de nuevo.</translation>
        </message>
        <message>
            <source>Update the plugin.</source>
            <translation>Actualice el complemento.</translation>
        </message>
        <message>
            <source>Use other words.</source>
            <translation>Use otras palabras.</translation>
        </message>
        <message>
            <source>Wait and try a smaller area, check the layer's login, or ask its provider.</source>
            <translation>Espere y pruebe con una zona menor, compruebe el acceso de la capa o pregunte a su proveedor.</translation>
        </message>
        <message>
            <source>Wait until that is done, or close it there.</source>
            <translation>Espere a que termine o ciérrelo allí.</translation>
        </message>
        <message>
            <source>Wait until that is done, or stop it.</source>
            <translation>Espere a que termine o deténgalo.</translation>
        </message>
        <message>
            <source>Was the file moved or removed?</source>
            <translation>¿Se movió o se quitó el archivo?</translation>
        </message>
        <message>
            <source>What is wanted and what is not are the same examples.</source>
            <translation>Lo que se quiere y lo que no son los mismos ejemplos.</translation>
        </message>
        <message>
            <source>What was indexed so far is kept; build again to continue.</source>
            <translation>Lo indexado hasta ahora se conserva; vuelva a crear para continuar.</translation>
        </message>
        <message>
            <source>Without overviews, reading takes much longer than that ({names}): build them once with gdaladdo or in QGIS under Layer Properties &gt; Pyramids.</source>
            <translation>Sin vistas generales, la lectura tarda mucho más ({names}): créelas una vez con gdaladdo o en QGIS en Propiedades de la capa &gt; Pirámides.</translation>
        </message>
        <message>
            <source>Write one path in each line.</source>
            <translation>Escriba una ruta en cada línea.</translation>
        </message>
        <message>
            <source>about {size}</source>
            <translation>unos {size}</translation>
        </message>
        <message>
            <source>ask</source>
            <translation>preguntar</translation>
        </message>
        <message>
            <source>box of the one found</source>
            <translation>caja del único hallado</translation>
        </message>
        <message>
            <source>boxes of {count} found, added up</source>
            <translation>cajas de {count} hallados, sumadas</translation>
        </message>
        <message>
            <source>bundle.json does not describe an RS-VLM model bundle.</source>
            <translation>bundle.json no describe un paquete de modelo de RS-VLM.</translation>
        </message>
        <message>
            <source>bundle.json does not hold a JSON object.</source>
            <translation>bundle.json no contiene un objeto JSON.</translation>
        </message>
        <message>
            <source>bundle.json gives written answers a weight, but the decoder writes none.</source>
            <translation>bundle.json da un peso a las respuestas escritas, pero el decodificador no escribe ninguna.</translation>
        </message>
        <message>
            <source>bundle.json is not valid JSON.</source>
            <translation>bundle.json no es JSON válido.</translation>
        </message>
        <message>
            <source>cannot tell: {reason}</source>
            <translation>no se puede saber: {reason}</translation>
        </message>
        <message>
            <source>classify</source>
            <translation>clasificar</translation>
        </message>
        <message>
            <source>compared by meaning with {names}</source>
            <translation>comparado por significado con {names}</translation>
        </message>
        <message>
            <source>describe</source>
            <translation>describir</translation>
        </message>
        <message>
            <source>does not allow it</source>
            <translation>no lo permite</translation>
        </message>
        <message>
            <source>find</source>
            <translation>encontrar</translation>
        </message>
        <message>
            <source>found as an object, though the tiles' answers are no</source>
            <translation>hallado como objeto, aunque las respuestas de las teselas son no</translation>
        </message>
        <message>
            <source>hardly anything that the model learnt from was called {thing}</source>
            <translation>casi nada de lo que el modelo aprendió se llamaba {thing}</translation>
        </message>
        <message>
            <source>its answer is no picture</source>
            <translation>su respuesta no es una imagen</translation>
        </message>
        <message>
            <source>no answer</source>
            <translation>sin respuesta</translation>
        </message>
        <message>
            <source>no answer in time</source>
            <translation>sin respuesta a tiempo</translation>
        </message>
        <message>
            <source>no such object was found</source>
            <translation>no se encontró ningún objeto así</translation>
        </message>
        <message>
            <source>no such object was found, so there is nothing to measure</source>
            <translation>no se encontró ningún objeto así, por lo que no hay nada que medir</translation>
        </message>
        <message>
            <source>none was found, and the model does not answer with numbers</source>
            <translation>no se encontró ninguno, y el modelo no responde con números</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nada</translation>
        </message>
        <message>
            <source>of {thing}, {reason}</source>
            <translation>de {thing}, {reason}</translation>
        </message>
        <message>
            <source>onnxruntime cannot load {name} ({reason}).</source>
            <translation>onnxruntime no puede cargar {name} ({reason}).</translation>
        </message>
        <message>
            <source>search</source>
            <translation>buscar</translation>
        </message>
        <message>
            <source>the image has no coordinate system, so nothing on it can be measured in metres</source>
            <translation>la imagen no tiene sistema de coordenadas, así que nada en ella se puede medir en metros</translation>
        </message>
        <message>
            <source>the longest of {count} found</source>
            <translation>el más largo de {count} hallados</translation>
        </message>
        <message>
            <source>the model does not know what {thing} is ({why})</source>
            <translation>el modelo no sabe qué es {thing} ({why})</translation>
        </message>
        <message>
            <source>the model does not know {words}; the question may be in a language it did not learn (it learnt English)</source>
            <translation>el modelo no conoce {words}; quizá la pregunta esté en un idioma que no aprendió (aprendió inglés)</translation>
        </message>
        <message>
            <source>the model has no answer to questions of this kind</source>
            <translation>el modelo no tiene respuesta a preguntas de esta clase</translation>
        </message>
        <message>
            <source>the model is too unsure (confidence {confidence})</source>
            <translation>el modelo está demasiado inseguro (confianza {confidence})</translation>
        </message>
        <message>
            <source>the model knows no yes and no, and nothing was found</source>
            <translation>el modelo no conoce sí ni no, y no se encontró nada</translation>
        </message>
        <message>
            <source>the question is of no kind that can be answered here; ask whether something is there, how many, which is more, where, how large or long, what the scene or land cover is, or whether it is rural or urban, about one thing at a time</source>
            <translation>la pregunta no es de ninguna clase que se pueda responder aquí; pregunte si hay algo, cuántos, qué hay más, dónde, qué tamaño o longitud tiene, qué escena o cobertura del suelo es, o si es rural o urbano, una cosa cada vez</translation>
        </message>
        <message>
            <source>the region is too large to count in at once, and nothing was found</source>
            <translation>la región es demasiado grande para contar en ella de una vez, y no se encontró nada</translation>
        </message>
        <message>
            <source>wants a password or key</source>
            <translation>pide una contraseña o una clave</translation>
        </message>
        <message>
            <source>was asked too often</source>
            <translation>recibió demasiadas peticiones</translation>
        </message>
        <message>
            <source>what {before} and {after} have in common</source>
            <translation>lo que {before} y {after} tienen en común</translation>
        </message>
        <message>
            <source>within the picture as a whole, nodata included</source>
            <translation>dentro de la imagen entera, incluido lo que no tiene datos</translation>
        </message>
        <message>
            <source>{advice}</source>
            <translation>{advice}</translation>
        </message>
        <message>
            <source>{before} and {after} do not overlap.</source>
            <translation>{before} y {after} no se solapan.</translation>
        </message>
        <message>
            <source>{count} found as objects</source>
            <translation>{count} hallados como objetos</translation>
        </message>
        <message>
            <source>{count} of the {total} entries of {name} cannot be used. The first: {first}</source>
            <translation>{count} de las {total} entradas de {name} no se pueden usar. La primera: {first}</translation>
        </message>
        <message>
            <source>{count} tiles seen</source>
            <translation>{count} teselas vistas</translation>
        </message>
        <message>
            <source>{done} of {total} rasters opened</source>
            <translation>{done} de {total} rásteres abiertos</translation>
        </message>
        <message>
            <source>{done} of {total} tiles asked</source>
            <translation>{done} de {total} teselas preguntadas</translation>
        </message>
        <message>
            <source>{done} of {total} tiles searched</source>
            <translation>{done} de {total} teselas buscadas</translation>
        </message>
        <message>
            <source>{done} of {total} tiles seen</source>
            <translation>{done} de {total} teselas vistas</translation>
        </message>
        <message>
            <source>{done} of {total} windows compared</source>
            <translation>{done} de {total} ventanas comparadas</translation>
        </message>
        <message>
            <source>{file} is not a knowledge file of at most {most} MiB.</source>
            <translation>{file} no es un archivo de conocimiento de {most} MiB como máximo.</translation>
        </message>
        <message>
            <source>{file}: entries is not a list of at most {most}.</source>
            <translation>{file}: entries no es una lista de {most} entradas como máximo.</translation>
        </message>
        <message>
            <source>{file}: the name is not a short text.</source>
            <translation>{file}: name no es un texto corto.</translation>
        </message>
        <message>
            <source>{finest} to {coarsest}</source>
            <translation>de {finest} a {coarsest}</translation>
        </message>
        <message>
            <source>{lacking} has no CRS, so it cannot be laid over {other}.</source>
            <translation>{lacking} no tiene SRC, así que no se puede superponer a {other}.</translation>
        </message>
        <message>
            <source>{layer} does not say which area it covers.</source>
            <translation>{layer} no dice qué zona cubre.</translation>
        </message>
        <message>
            <source>{layer} has no pixels.</source>
            <translation>{layer} no tiene píxeles.</translation>
        </message>
        <message>
            <source>{layer} holds no raster band.</source>
            <translation>{layer} no contiene ninguna banda ráster.</translation>
        </message>
        <message>
            <source>{layer} is not a raster layer.</source>
            <translation>{layer} no es una capa ráster.</translation>
        </message>
        <message>
            <source>{name} cannot be opened as a raster.</source>
            <translation>{name} no se puede abrir como ráster.</translation>
        </message>
        <message>
            <source>{name} cannot be read: {reason}.</source>
            <translation>{name} no se puede leer: {reason}.</translation>
        </message>
        <message>
            <source>{name} cannot be read{reason}.</source>
            <translation>{name} no se puede leer{reason}.</translation>
        </message>
        <message>
            <source>{name} has changed since it was indexed; update the index.</source>
            <translation>{name} ha cambiado desde que se indexó; actualice el índice.</translation>
        </message>
        <message>
            <source>{name} has format version {version}; this plugin reads {own}.</source>
            <translation>{name} tiene la versión de formato {version}; este complemento lee la {own}.</translation>
        </message>
        <message>
            <source>{name} has no band {band}; it has {count}.</source>
            <translation>{name} no tiene banda {band}; tiene {count}.</translation>
        </message>
        <message>
            <source>{name} holds no band with an image.</source>
            <translation>{name} no contiene ninguna banda con una imagen.</translation>
        </message>
        <message>
            <source>{name} holds no valid pixel: all of it is nodata.</source>
            <translation>{name} no contiene ningún píxel válido: todo está sin datos.</translation>
        </message>
        <message>
            <source>{name} is no STAC item, collection or catalogue.</source>
            <translation>{name} no es un elemento, una colección ni un catálogo STAC.</translation>
        </message>
        <message>
            <source>{name} is no longer where it was indexed; update the index.</source>
            <translation>{name} ya no está donde se indexó; actualice el índice.</translation>
        </message>
        <message>
            <source>{name} is not a saved concept.</source>
            <translation>{name} no es un concepto guardado.</translation>
        </message>
        <message>
            <source>{name} is not a tile index.</source>
            <translation>{name} no es un índice de teselas.</translation>
        </message>
        <message>
            <source>{name} is not valid JSON.</source>
            <translation>{name} no es JSON válido.</translation>
        </message>
        <message>
            <source>{name} is too large for a concept.</source>
            <translation>{name} es demasiado grande para un concepto.</translation>
        </message>
        <message>
            <source>{name} was closed while it was being read.</source>
            <translation>{name} se cerró mientras se leía.</translation>
        </message>
        <message>
            <source>{part} was not looked at as closely as the model can: small objects may be missing there. A larger budget looks closer.</source>
            <translation>{part} no se miró tan de cerca como puede el modelo: allí pueden faltar objetos pequeños. Un presupuesto mayor mira más de cerca.</translation>
        </message>
        <message>
            <source>{path} exists already.</source>
            <translation>{path} ya existe.</translation>
        </message>
        <message>
            <source>{path} is a folder, not an index.</source>
            <translation>{path} es una carpeta, no un índice.</translation>
        </message>
        <message>
            <source>{problem} Its hits are shown as tiles.</source>
            <translation>{problem} Sus resultados se muestran como teselas.</translation>
        </message>
        <message>
            <source>{raster} is not in the index.</source>
            <translation>{raster} no está en el índice.</translation>
        </message>
        <message>
            <source>{share} % of the region</source>
            <translation>El {share} % de la región</translation>
        </message>
        <message>
            <source>{tiles} of about {total} tiles looked at; {name}</source>
            <translation>{tiles} de unas {total} teselas miradas; {name}</translation>
        </message>
        <message>
            <source>{tiles} tiles looked at</source>
            <translation>{tiles} teselas miradas</translation>
        </message>
        <message>
            <source>{verbs} and {verb}</source>
            <translation>{verbs} y {verb}</translation>
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
            <translation>&lt;h3&gt;rsvlm_description&lt;/h3&gt;&lt;p&gt;Lo que la descripción más reciente de esta sesión dice del lugar donde está el centro de una geometría: la frase de esa parte de la región. NULL donde no se describió nada; nada se mira de nuevo.&lt;/p&gt;&lt;h4&gt;Sintaxis&lt;/h4&gt;&lt;code&gt;rsvlm_description(geometría[, src])&lt;/code&gt;&lt;h4&gt;Argumentos&lt;/h4&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;geometría&lt;/b&gt;: el lugar&lt;/li&gt;&lt;li&gt;&lt;b&gt;src&lt;/b&gt;: el de la geometría; si falta, el de la capa&lt;/li&gt;&lt;/ul&gt;&lt;h4&gt;Ejemplo&lt;/h4&gt;&lt;code&gt;rsvlm_description($geometry)&lt;/code&gt;&lt;p&gt;Para frases de sesiones anteriores use overlay_intersects() con su capa; para describir cada polígono de una capa, el algoritmo «Describir objetos espaciales».&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;h3&gt;rsvlm_relevance&lt;/h3&gt;&lt;p&gt;How relevant the images are to some words at a place, from 0 to 1, as the search of the RS-VLM panel says it. NULL where no image was indexed.&lt;/p&gt;&lt;h4&gt;Syntax&lt;/h4&gt;&lt;code&gt;rsvlm_relevance(words, geometry[, crs])&lt;/code&gt;&lt;h4&gt;Arguments&lt;/h4&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;words&lt;/b&gt;: in English, like 'storage tanks not water'&lt;/li&gt;&lt;li&gt;&lt;b&gt;geometry&lt;/b&gt;: the place; the best tile that meets it counts&lt;/li&gt;&lt;li&gt;&lt;b&gt;crs&lt;/b&gt;: of the geometry; that of the layer where left out&lt;/li&gt;&lt;/ul&gt;&lt;h4&gt;Example&lt;/h4&gt;&lt;code&gt;rsvlm_relevance('planes on a runway', $geometry)&lt;/code&gt;&lt;p&gt;The project's search index is read; no image is looked at. The first use of some words loads the model, which takes a second or two.&lt;/p&gt;</source>
            <translation>&lt;h3&gt;rsvlm_relevance&lt;/h3&gt;&lt;p&gt;Qué relevancia tienen las imágenes en un lugar para unas palabras, de 0 a 1, tal como la da la búsqueda del panel RS-VLM. NULL donde no se indexó ninguna imagen.&lt;/p&gt;&lt;h4&gt;Sintaxis&lt;/h4&gt;&lt;code&gt;rsvlm_relevance(palabras, geometría[, src])&lt;/code&gt;&lt;h4&gt;Argumentos&lt;/h4&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;palabras&lt;/b&gt;: en inglés, como 'storage tanks not water'&lt;/li&gt;&lt;li&gt;&lt;b&gt;geometría&lt;/b&gt;: el lugar; cuenta la mejor tesela que lo toca&lt;/li&gt;&lt;li&gt;&lt;b&gt;src&lt;/b&gt;: el de la geometría; si falta, el de la capa&lt;/li&gt;&lt;/ul&gt;&lt;h4&gt;Ejemplo&lt;/h4&gt;&lt;code&gt;rsvlm_relevance('planes on a runway', $geometry)&lt;/code&gt;&lt;p&gt;Se lee el índice de búsqueda del proyecto; no se mira ninguna imagen. El primer uso de unas palabras carga el modelo, lo que tarda uno o dos segundos.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>{name} must be told the geometry's CRS, like 'EPSG:4326'.</source>
            <translation>{name} necesita el SRC de la geometría, como 'EPSG:4326'.</translation>
        </message>
        <message>
            <source>{name} needs a geometry as argument {number}, like $geometry.</source>
            <translation>{name} necesita una geometría como argumento {number}, como $geometry.</translation>
        </message>
    </context>
    <context>
        <name>FilterNotes</name>
        <message>
            <source>Places of a relevance under {percent} % are left out.</source>
            <translation>Se omiten los lugares con una relevancia inferior a {percent} %.</translation>
        </message>
        <message>
            <source>Searched in {images} only.</source>
            <translation>Buscado solo en {images}.</translation>
        </message>
        <message>
            <source>Searched within {bounds} (longitude, latitude).</source>
            <translation>Buscado dentro de {bounds} (longitud, latitud).</translation>
        </message>
        <message>
            <source>Seen at {metres} m per pixel or coarser.</source>
            <translation>Visto a {metres} m por píxel o más grueso.</translation>
        </message>
        <message>
            <source>Seen at {metres} m per pixel or finer.</source>
            <translation>Visto a {metres} m por píxel o más fino.</translation>
        </message>
    </context>
    <context>
        <name>FindObjects</name>
        <message>
            <source>&lt;p&gt;Beside these, &lt;i&gt;query&lt;/i&gt;, the default here, looks closer wherever what is looked for may be and is still in doubt: it finds most with few tiles.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Objects found&lt;/b&gt;: one polygon each, in the image's coordinate system, with phrase, score, and area and sides measured on the ellipsoid. Polygons are boxes along the image's rows and columns. Of what the model was not trained to find one by one, such as a forest, they are areas that look so, without sides. &lt;b&gt;Number found&lt;/b&gt;: how many.&lt;/p&gt;&lt;p&gt;Cancelling keeps what was found by then. A model answers: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Además de estas, &lt;i&gt;query&lt;/i&gt;, la opción predeterminada aquí, mira más de cerca donde lo buscado puede estar y aún es dudoso: así encuentra más con pocas teselas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Objetos encontrados&lt;/b&gt;: un polígono cada uno, en el sistema de coordenadas de la imagen, con expresión, puntuación, y superficie y lados medidos sobre el elipsoide. Los polígonos son rectángulos a lo largo de las filas y columnas de la imagen. De lo que el modelo no aprendió a encontrar de uno en uno, como un bosque, son zonas que lo parecen, sin lados. &lt;b&gt;Número encontrado&lt;/b&gt;: cuántos.&lt;/p&gt;&lt;p&gt;Cancelar conserva lo encontrado hasta entonces. Responde un modelo: compruebe lo que importa.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Looks for things by their names, coarse to fine, and outlines each object once, wherever the model's tiles meet.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Phrases&lt;/b&gt;: what to find, in English, one phrase a line or separated by commas, like &lt;i&gt;storage tank, ship&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Least score&lt;/b&gt;: leaves out objects less sure, 0 to 1; empty takes the model's own threshold.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Busca cosas por sus nombres, de lo grueso a lo fino, y delinea cada objeto una vez, dondequiera que se junten las teselas del modelo.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Expresiones&lt;/b&gt;: qué encontrar, en inglés, una expresión por línea o separadas por comas, como &lt;i&gt;storage tank, ship&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Puntuación mínima&lt;/b&gt;: omite objetos menos seguros, de 0 a 1; vacío toma el umbral propio del modelo.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Cancelled before anything was found.</source>
            <translation>Cancelado antes de encontrar nada.</translation>
        </message>
        <message>
            <source>Find objects</source>
            <translation>Encontrar objetos</translation>
        </message>
        <message>
            <source>Least score</source>
            <translation>Puntuación mínima</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Number found</source>
            <translation>Número encontrado</translation>
        </message>
        <message>
            <source>Objects found</source>
            <translation>Objetos encontrados</translation>
        </message>
        <message>
            <source>Outlines every object that words name, each with a score.</source>
            <translation>Delinea cada objeto que nombran unas palabras, cada uno con una puntuación.</translation>
        </message>
        <message>
            <source>Phrases</source>
            <translation>Expresiones</translation>
        </message>
    </context>
    <context>
        <name>FindPanel</name>
        <message>
            <source>; {count} less sure, move the slider to see them</source>
            <translation>; {count} menos seguros, mueva el control para verlos</translation>
        </message>
        <message>
            <source>Add a raster layer to the project first.</source>
            <translation>Añada primero una capa ráster al proyecto.</translation>
        </message>
        <message>
            <source>Add a raster layer to the project to find things on it.</source>
            <translation>Añada una capa ráster al proyecto para encontrar cosas en ella.</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <translation>Cancelado.</translation>
        </message>
        <message>
            <source>Choose a region and name what to find, in English, one thing or several.
Each is outlined on the map, with a score.

For example:</source>
            <translation>Elija una región y diga en inglés qué encontrar, una cosa o varias.
Cada una se delinea en el mapa, con una puntuación.

Por ejemplo:</translation>
        </message>
        <message>
            <source>Click an object, or a phrase for all of them, to zoom there</source>
            <translation>Pulse un objeto, o una expresión para todos ellos, para acercarse</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Encontrar</translation>
        </message>
        <message>
            <source>Find these in the region</source>
            <translation>Encontrar esto en la región</translation>
        </message>
        <message>
            <source>Layer</source>
            <translation>Capa</translation>
        </message>
        <message>
            <source>Name what to find, like: storage tank</source>
            <translation>Diga qué encontrar, como: storage tank</translation>
        </message>
        <message>
            <source>Nothing found of: {phrases}.</source>
            <translation>Nada encontrado de: {phrases}.</translation>
        </message>
        <message>
            <source>Objects are still being looked for.</source>
            <translation>Todavía se están buscando objetos.</translation>
        </message>
        <message>
            <source>Objects found, by phrase</source>
            <translation>Objetos encontrados, por expresión</translation>
        </message>
        <message>
            <source>Outline every such object (Return)</source>
            <translation>Delinear cada objeto así (Intro)</translation>
        </message>
        <message>
            <source>Progress of finding</source>
            <translation>Progreso de la localización</translation>
        </message>
        <message>
            <source>RS-VLM find: {phrases}</source>
            <translation>RS-VLM encontró: {phrases}</translation>
        </message>
        <message>
            <source>Show the result layer and zoom to what was found</source>
            <translation>Mostrar la capa de resultados y acercarse a lo encontrado</translation>
        </message>
        <message>
            <source>Stopped early: only part of the region was looked at.</source>
            <translation>Detenido antes de tiempo: solo se miró una parte de la región.</translation>
        </message>
        <message>
            <source>The layer is being edited: save the edits, then move the slider again.</source>
            <translation>La capa se está editando: guarde los cambios y mueva otra vez el control.</translation>
        </message>
        <message>
            <source>This place cannot be shown on the map.</source>
            <translation>Este lugar no se puede mostrar en el mapa.</translation>
        </message>
        <message>
            <source>What is found appears here.</source>
            <translation>Lo que se encuentre aparece aquí.</translation>
        </message>
        <message>
            <source>{count} found with {score} or more</source>
            <translation>{count} encontrados con {score} o más</translation>
        </message>
    </context>
    <context>
        <name>FindTask</name>
        <message>
            <source>Find on {layer}</source>
            <translation>Encontrar en {layer}</translation>
        </message>
        <message>
            <source>Finding on {layer} stopped unexpectedly.</source>
            <translation>La localización en {layer} se detuvo inesperadamente.</translation>
        </message>
        <message>
            <source>The project was closed while objects were being looked for, so finding ended early.</source>
            <translation>El proyecto se cerró mientras se buscaban objetos, así que la localización terminó antes de tiempo.</translation>
        </message>
        <message>
            <source>{layer} was removed while objects were being looked for, so finding ended early.</source>
            <translation>{layer} se eliminó mientras se buscaban objetos, así que la localización terminó antes de tiempo.</translation>
        </message>
    </context>
    <context>
        <name>IndexAlgorithm</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Model bundle&lt;/b&gt;: a zip, or the bundle.json of a folder; empty takes the model chosen in the options. An index belongs to the model it was built with.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Paquete del modelo&lt;/b&gt;: un zip o el bundle.json de una carpeta; vacío toma el modelo elegido en las opciones. Un índice pertenece al modelo con el que se creó.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <translation>Paquete del modelo</translation>
        </message>
        <message>
            <source>Model bundle (*.zip bundle.json)</source>
            <translation>Paquete del modelo (*.zip bundle.json)</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>search,imagery</source>
            <translation>búsqueda,imágenes</translation>
        </message>
    </context>
    <context>
        <name>IndexBar</name>
        <message>
            <source> Changed since: {names}.</source>
            <translation> Cambiado desde entonces: {names}.</translation>
        </message>
        <message>
            <source> Read again, it finds smaller places.</source>
            <translation> Si se lee de nuevo, encuentra lugares más pequeños.</translation>
        </message>
        <message>
            <source> {images} not finished.</source>
            <translation> {images} sin terminar.</translation>
        </message>
        <message>
            <source>Add an index file…</source>
            <translation>Añadir un archivo de índice…</translation>
        </message>
        <message>
            <source>Build again…</source>
            <translation>Crear otra vez…</translation>
        </message>
        <message>
            <source>Build anew</source>
            <translation>Crear de nuevo</translation>
        </message>
        <message>
            <source>Build, change, update or show the index</source>
            <translation>Crear, cambiar, actualizar o mostrar el índice</translation>
        </message>
        <message>
            <source>Choose images…</source>
            <translation>Elegir imágenes…</translation>
        </message>
        <message>
            <source>Continue index</source>
            <translation>Continuar índice</translation>
        </message>
        <message>
            <source>Forget the index</source>
            <translation>Olvidar el índice</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>Índice</translation>
        </message>
        <message>
            <source>Progress of the index</source>
            <translation>Progreso del índice</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>Leer de nuevo</translation>
        </message>
        <message>
            <source>Show what was looked at</source>
            <translation>Mostrar lo que se miró</translation>
        </message>
        <message>
            <source>Starting…</source>
            <translation>Iniciando…</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Detener</translation>
        </message>
        <message>
            <source>Stop; what was looked at is kept to go on from</source>
            <translation>Detener; lo que se miró se conserva para continuar</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Deteniendo…</translation>
        </message>
        <message>
            <source>The index was made with another model than the one chosen, so it cannot be searched.</source>
            <translation>El índice se hizo con un modelo distinto del elegido, así que no se puede buscar en él.</translation>
        </message>
        <message>
            <source>Update</source>
            <translation>Actualizar</translation>
        </message>
        <message>
            <source>Update index</source>
            <translation>Actualizar índice</translation>
        </message>
        <message>
            <source>What to do about the index</source>
            <translation>Qué hacer con el índice</translation>
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
            <translation>Añadir un archivo de índice</translation>
        </message>
        <message>
            <source>Search index (*.gpkg)</source>
            <translation>Índice de búsqueda (*.gpkg)</translation>
        </message>
        <message>
            <source>This index was made elsewhere: update it where its images are.</source>
            <translation>Este índice se hizo en otro sitio: actualícelo donde están sus imágenes.</translation>
        </message>
        <message>
            <source>{images} could not be indexed. {first}</source>
            <translation>{images} no se pudieron indexar. {first}</translation>
        </message>
        <message>
            <source>{name} cannot be opened as a layer.</source>
            <translation>{name} no se puede abrir como capa.</translation>
        </message>
    </context>
    <context>
        <name>IndexTask</name>
        <message>
            <source>Build search index</source>
            <translation>Crear índice de búsqueda</translation>
        </message>
        <message>
            <source>Building the index stopped unexpectedly.</source>
            <translation>La creación del índice se detuvo inesperadamente.</translation>
        </message>
        <message>
            <source>Choose another place for the index.</source>
            <translation>Elija otro lugar para el índice.</translation>
        </message>
        <message>
            <source>Loading the model…</source>
            <translation>Cargando el modelo…</translation>
        </message>
        <message>
            <source>Looking for images…</source>
            <translation>Buscando imágenes…</translation>
        </message>
        <message>
            <source>The folder {folder} cannot be made: {reason}.</source>
            <translation>No se puede crear la carpeta {folder}: {reason}.</translation>
        </message>
    </context>
    <context>
        <name>LayerPicker</name>
        <message>
            <source>Follow the active layer</source>
            <translation>Seguir la capa activa</translation>
        </message>
        <message>
            <source>Follow the active raster layer. Picking a layer by hand switches this off.</source>
            <translation>Seguir la capa ráster activa. Elegir una capa a mano lo desactiva.</translation>
        </message>
        <message>
            <source>Raster layer to look at</source>
            <translation>Capa ráster que mirar</translation>
        </message>
    </context>
    <context>
        <name>MapResults</name>
        <message>
            <source>Both</source>
            <translation>Ambos</translation>
        </message>
        <message>
            <source>Heat map</source>
            <translation>Mapa de calor</translation>
        </message>
        <message>
            <source>Outlines by relevance</source>
            <translation>Contornos por relevancia</translation>
        </message>
        <message>
            <source>Put the places into the project as a temporary layer</source>
            <translation>Poner los lugares en el proyecto como capa temporal</translation>
        </message>
        <message>
            <source>Show on map</source>
            <translation>Mostrar en el mapa</translation>
        </message>
    </context>
    <context>
        <name>Messages</name>
        <message>
            <source> and </source>
            <translation> y </translation>
        </message>
        <message>
            <source>Install…</source>
            <translation>Instalar…</translation>
        </message>
        <message>
            <source>To describe images, {packages} must be installed first.</source>
            <translation>Para describir imágenes hay que instalar primero {packages}.</translation>
        </message>
    </context>
    <context>
        <name>NewestJob</name>
        <message>
            <source>The log messages panel says more.</source>
            <translation>El panel de mensajes de registro dice más.</translation>
        </message>
        <message>
            <source>The search stopped unexpectedly.</source>
            <translation>La búsqueda se detuvo inesperadamente.</translation>
        </message>
    </context>
    <context>
        <name>OptionsPage</name>
        <message>
            <source>Bundle</source>
            <translation>Paquete</translation>
        </message>
        <message>
            <source>Entries of {name}: {count}.</source>
            <translation>Entradas de {name}: {count}.</translation>
        </message>
        <message>
            <source>In use now</source>
            <translation>En uso ahora</translation>
        </message>
        <message>
            <source>Kept in</source>
            <translation>Guardados en</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <translation>Paquete del modelo</translation>
        </message>
        <message>
            <source>Model bundle (bundle.json *.zip)</source>
            <translation>Paquete del modelo (bundle.json *.zip)</translation>
        </message>
        <message>
            <source>Own knowledge</source>
            <translation>Conocimiento propio</translation>
        </message>
        <message>
            <source>Own knowledge (*.json)</source>
            <translation>Conocimiento propio (*.json)</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Resultados</translation>
        </message>
        <message>
            <source>Runs on</source>
            <translation>Se ejecuta en</translation>
        </message>
        <message>
            <source>The model chosen above looks nothing up.</source>
            <translation>El modelo elegido arriba no consulta nada.</translation>
        </message>
        <message>
            <source>graphics card (CUDA)</source>
            <translation>tarjeta gráfica (CUDA)</translation>
        </message>
        <message>
            <source>graphics card where it works, else processor</source>
            <translation>tarjeta gráfica donde funcione, si no procesador</translation>
        </message>
        <message>
            <source>nothing beside what comes with the model</source>
            <translation>nada aparte de lo que viene con el modelo</translation>
        </message>
        <message>
            <source>nothing yet: the model is loaded at first use</source>
            <translation>nada todavía: el modelo se carga con el primer uso</translation>
        </message>
        <message>
            <source>processor</source>
            <translation>procesador</translation>
        </message>
        <message>
            <source>the model that comes with the plugin</source>
            <translation>el modelo que viene con el complemento</translation>
        </message>
        <message>
            <source>{name} {version}, {licence}; can {actions}.</source>
            <translation>{name} {version}, {licence}; puede {actions}.</translation>
        </message>
    </context>
    <context>
        <name>PhraseEdit</name>
        <message>
            <source>Name the things in English, one or several, separated by commas or lines.
Return finds, Shift+Return begins a new line.</source>
            <translation>Nombre las cosas en inglés, una o varias, separadas por comas o líneas.
Intro encuentra, Mayús+Intro empieza una línea nueva.</translation>
        </message>
        <message>
            <source>What to find</source>
            <translation>Qué encontrar</translation>
        </message>
        <message>
            <source>for example: plane, storage tank</source>
            <translation>por ejemplo: plane, storage tank</translation>
        </message>
    </context>
    <context>
        <name>PinnedRegion</name>
        <message>
            <source>polygon</source>
            <translation>polígono</translation>
        </message>
        <message>
            <source>rectangle</source>
            <translation>rectángulo</translation>
        </message>
        <message>
            <source>selected features</source>
            <translation>objetos seleccionados</translation>
        </message>
        <message>
            <source>what the map showed</source>
            <translation>lo que mostraba el mapa</translation>
        </message>
        <message>
            <source>whole layer</source>
            <translation>capa entera</translation>
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
            <translation>en lugares al azar</translation>
        </message>
        <message>
            <source>everywhere alike</source>
            <translation>en todas partes igual</translation>
        </message>
        <message>
            <source>where it may be found</source>
            <translation>donde puede encontrarse</translation>
        </message>
        <message>
            <source>where there is detail</source>
            <translation>donde hay detalle</translation>
        </message>
    </context>
    <context>
        <name>ProcessingFeedback</name>
        <message>
            <source>Build one with the algorithm Build search index (rsvlm:buildindex).</source>
            <translation>Cree uno con el algoritmo Crear índice de búsqueda (rsvlm:buildindex).</translation>
        </message>
    </context>
    <context>
        <name>ProjectLog</name>
        <message>
            <source>The session log of this project is damaged and was left out.</source>
            <translation>El registro de sesión de este proyecto está dañado y se omitió.</translation>
        </message>
        <message>
            <source>The session log of this project was written by a newer RS-VLM: it is kept as it is, and new answers are not saved with the project. Update the plugin.</source>
            <translation>Un RS-VLM más reciente escribió el registro de sesión de este proyecto: se conserva como está y las respuestas nuevas no se guardan con el proyecto. Actualice el complemento.</translation>
        </message>
        <message>
            <source>{count} answers of this project's session log could not be read.</source>
            <translation>No se pudieron leer {count} respuestas del registro de sesión de este proyecto.</translation>
        </message>
    </context>
    <context>
        <name>QueryLine</name>
        <message>
            <source>Earlier searches (Alt+Down)</source>
            <translation>Búsquedas anteriores (Alt+Abajo)</translation>
        </message>
        <message>
            <source>Forget these</source>
            <translation>Olvidar estas</translation>
        </message>
        <message>
            <source>Nothing searched for yet</source>
            <translation>Nada buscado todavía</translation>
        </message>
        <message>
            <source>Say in English what is to be seen, like: planes on a runway.
not, or a minus before a word, says what must not be there: houses not trees, field -"tennis court".
Arrow down goes to the results, Alt and arrow down shows earlier searches.</source>
            <translation>Diga en inglés lo que se debe ver, como: planes on a runway.
not, o un signo menos antes de una palabra, dice lo que no debe haber: houses not trees, field -"tennis court".
La flecha abajo va a los resultados; Alt y flecha abajo muestra búsquedas anteriores.</translation>
        </message>
        <message>
            <source>What to look for</source>
            <translation>Qué buscar</translation>
        </message>
        <message>
            <source>for example: storage tanks not water</source>
            <translation>por ejemplo: storage tanks not water</translation>
        </message>
    </context>
    <context>
        <name>QuestionLine</name>
        <message>
            <source>Ask in English: whether something is there, how many, which is more, where, how large or long, what the scene or the land cover is, rural or urban.
Return asks; arrow up brings back earlier questions.</source>
            <translation>Pregunte en inglés: si hay algo, cuántos, de qué hay más, dónde, qué tamaño o longitud, qué escena o cobertura del suelo es, rural o urbano.
Intro pregunta; la flecha arriba recupera preguntas anteriores.</translation>
        </message>
        <message>
            <source>Question about the region</source>
            <translation>Pregunta sobre la región</translation>
        </message>
        <message>
            <source>for example: how many planes are there?</source>
            <translation>por ejemplo: how many planes are there?</translation>
        </message>
    </context>
    <context>
        <name>RegionAlgorithm</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt;, &lt;b&gt;Polygons&lt;/b&gt;: the region, in any coordinate system; where both are given, what they have in common; where neither, all of the image.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Extensión&lt;/b&gt;, &lt;b&gt;Polígonos&lt;/b&gt;: la región, en cualquier sistema de coordenadas; si se dan ambos, lo que tienen en común; si ninguno, toda la imagen.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Extensión</translation>
        </message>
        <message>
            <source>Polygons</source>
            <translation>Polígonos</translation>
        </message>
    </context>
    <context>
        <name>RegionChooser</name>
        <message>
            <source>Chosen region</source>
            <translation>Región elegida</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Vaciar</translation>
        </message>
        <message>
            <source>Click the corners on the map; a right click ends, Backspace takes one back, Esc gives up.</source>
            <translation>Pulse las esquinas en el mapa; el botón derecho termina, Retroceso quita una, Esc abandona.</translation>
        </message>
        <message>
            <source>Current view</source>
            <translation>Vista actual</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map. Esc gives up.</source>
            <translation>Arrastre un rectángulo en el mapa. Esc abandona.</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Dibujar</translation>
        </message>
        <message>
            <source>Draw a new region on the map</source>
            <translation>Dibujar una región nueva en el mapa</translation>
        </message>
        <message>
            <source>No feature of this layer is selected.</source>
            <translation>No hay ningún objeto seleccionado en esta capa.</translation>
        </message>
        <message>
            <source>Nothing drawn yet: press the pencil and click the corners.</source>
            <translation>Nada dibujado todavía: pulse el lápiz y luego las esquinas.</translation>
        </message>
        <message>
            <source>Nothing drawn yet: press the pencil and drag a rectangle.</source>
            <translation>Nada dibujado todavía: pulse el lápiz y arrastre un rectángulo.</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Polígono</translation>
        </message>
        <message>
            <source>Polygon layer whose selected features are described</source>
            <translation>Capa de polígonos cuyos objetos seleccionados se describen</translation>
        </message>
        <message>
            <source>Polygon layer with the selected features</source>
            <translation>Capa de polígonos con los objetos seleccionados</translation>
        </message>
        <message>
            <source>Rectangle</source>
            <translation>Rectángulo</translation>
        </message>
        <message>
            <source>Region to look at</source>
            <translation>Región que mirar</translation>
        </message>
        <message>
            <source>Remove the drawn region</source>
            <translation>Quitar la región dibujada</translation>
        </message>
        <message>
            <source>Selected features</source>
            <translation>Objetos seleccionados</translation>
        </message>
        <message>
            <source>The project has no polygon layer to take features from.</source>
            <translation>El proyecto no tiene ninguna capa de polígonos de la que tomar objetos.</translation>
        </message>
        <message>
            <source>The region cannot be expressed in the layer's coordinate system.</source>
            <translation>La región no se puede expresar en el sistema de coordenadas de la capa.</translation>
        </message>
        <message>
            <source>Which part of the image to look at</source>
            <translation>Qué parte de la imagen mirar</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <translation>Capa entera</translation>
        </message>
    </context>
    <context>
        <name>RegionFilter</name>
        <message>
            <source>Click the corners on the map; a right click ends, Esc gives up.</source>
            <translation>Pulse las esquinas en el mapa; el botón derecho termina, Esc abandona.</translation>
        </message>
        <message>
            <source>Drag a rectangle on the map. Esc gives up.</source>
            <translation>Arrastre un rectángulo en el mapa. Esc abandona.</translation>
        </message>
        <message>
            <source>Draw it again</source>
            <translation>Dibujarlo otra vez</translation>
        </message>
        <message>
            <source>Part of the map to search</source>
            <translation>Parte del mapa en la que buscar</translation>
        </message>
        <message>
            <source>Search everywhere, in what the map showed when this was chosen, or in a drawing</source>
            <translation>Buscar en todas partes, en lo que mostraba el mapa cuando se eligió esto o en un dibujo</translation>
        </message>
        <message>
            <source>Search in what the map shows now</source>
            <translation>Buscar en lo que el mapa muestra ahora</translation>
        </message>
        <message>
            <source>Take the view again</source>
            <translation>Tomar la vista de nuevo</translation>
        </message>
        <message>
            <source>everywhere</source>
            <translation>en todas partes</translation>
        </message>
        <message>
            <source>in a polygon</source>
            <translation>en un polígono</translation>
        </message>
        <message>
            <source>in a rectangle</source>
            <translation>en un rectángulo</translation>
        </message>
        <message>
            <source>in the current view</source>
            <translation>en la vista actual</translation>
        </message>
    </context>
    <context>
        <name>RegionSize</name>
        <message>
            <source>The region lies outside the layer.</source>
            <translation>La región está fuera de la capa.</translation>
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
            <translation>Sobre</translation>
        </message>
        <message>
            <source>After</source>
            <translation>Después</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Respuesta</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Superficie</translation>
        </message>
        <message>
            <source>Bands and the values stretched</source>
            <translation>Bandas y los valores estirados</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>Antes</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Cambio</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Comparación</translation>
        </message>
        <message>
            <source>Confidence</source>
            <translation>Confianza</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descripción</translation>
        </message>
        <message>
            <source>Description of {raster}</source>
            <translation>Descripción de {raster}</translation>
        </message>
        <message>
            <source>Each change</source>
            <translation>Cada cambio</translation>
        </message>
        <message>
            <source>Each object</source>
            <translation>Cada objeto</translation>
        </message>
        <message>
            <source>Entry</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Evidencias</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Encontrar</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Full provenance</source>
            <translation>Procedencia completa</translation>
        </message>
        <message>
            <source>Gained</source>
            <translation>Ganado</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>Conviene saber</translation>
        </message>
        <message>
            <source>Ground sample distance</source>
            <translation>Resolución en el terreno</translation>
        </message>
        <message>
            <source>How often the decoder was asked</source>
            <translation>Veces que se consultó el decodificador</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>Image after</source>
            <translation>Imagen posterior</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Imágenes</translation>
        </message>
        <message>
            <source>Knowledge the sentence on top leant on</source>
            <translation>Conocimiento en que se apoya la frase de arriba</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Longitud</translation>
        </message>
        <message>
            <source>Less certain: {names}</source>
            <translation>Menos seguros: {names}</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Nivel</translation>
        </message>
        <message>
            <source>Likeness</source>
            <translation>Semejanza</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Perdido</translation>
        </message>
        <message>
            <source>Made with</source>
            <translation>Hecho con</translation>
        </message>
        <message>
            <source>Map of the described region</source>
            <translation>Mapa de la región descrita</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Model bundle (SHA-256)</source>
            <translation>Paquete del modelo (SHA-256)</translation>
        </message>
        <message>
            <source>No.</source>
            <translation>N.º</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Nada encontrado.</translation>
        </message>
        <message>
            <source>Object</source>
            <translation>Objeto</translation>
        </message>
        <message>
            <source>Objects</source>
            <translation>Objetos</translation>
        </message>
        <message>
            <source>Objects of a score under {percent} are left out.</source>
            <translation>Se omiten los objetos con una puntuación inferior a {percent}.</translation>
        </message>
        <message>
            <source>Objects, and in how many places</source>
            <translation>Objetos, y en cuántos lugares</translation>
        </message>
        <message>
            <source>Outlined</source>
            <translation>Delineado</translation>
        </message>
        <message>
            <source>Parts of the region</source>
            <translation>Partes de la región</translation>
        </message>
        <message>
            <source>Phrase</source>
            <translation>Expresión</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Lugar</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>Lugares</translation>
        </message>
        <message>
            <source>Places found by: {methods}.</source>
            <translation>Lugares encontrados por: {methods}.</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>Pregunta</translation>
        </message>
        <message>
            <source>RS-VLM session</source>
            <translation>Sesión de RS-VLM</translation>
        </message>
        <message>
            <source>Region</source>
            <translation>Región</translation>
        </message>
        <message>
            <source>Relevance</source>
            <translation>Relevancia</translation>
        </message>
        <message>
            <source>Resolution</source>
            <translation>Resolución</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Puntuación</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Proporción</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Comenzado</translation>
        </message>
        <message>
            <source>Stopped early: only part of the region was looked at.</source>
            <translation>Detenido antes de tiempo: solo se miró una parte de la región.</translation>
        </message>
        <message>
            <source>Tiles looked at</source>
            <translation>Teselas miradas</translation>
        </message>
        <message>
            <source>Tiles looked at again</source>
            <translation>Teselas miradas otra vez</translation>
        </message>
        <message>
            <source>Tiles searched</source>
            <translation>Teselas en las que se buscó</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Qué</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Cuándo</translation>
        </message>
        <message>
            <source>Where this comes from</source>
            <translation>De dónde viene esto</translation>
        </message>
        <message>
            <source>Whole region</source>
            <translation>Toda la región</translation>
        </message>
        <message>
            <source>Width</source>
            <translation>Anchura</translation>
        </message>
        <message>
            <source>Written by a model and checked by nobody.</source>
            <translation>Escrito por un modelo y no comprobado por nadie.</translation>
        </message>
        <message>
            <source>confidence {percent}</source>
            <translation>confianza {percent}</translation>
        </message>
        <message>
            <source>model licence {licence}</source>
            <translation>licencia del modelo {licence}</translation>
        </message>
        <message>
            <source>no</source>
            <translation>no</translation>
        </message>
        <message>
            <source>object</source>
            <translation>objeto</translation>
        </message>
        <message>
            <source>part</source>
            <translation>parte</translation>
        </message>
        <message>
            <source>pixels</source>
            <translation>píxeles</translation>
        </message>
        <message>
            <source>policy {policy}</source>
            <translation>estrategia {policy}</translation>
        </message>
        <message>
            <source>scene</source>
            <translation>escena</translation>
        </message>
        <message>
            <source>the picture as a whole</source>
            <translation>la imagen en conjunto</translation>
        </message>
        <message>
            <source>under 1 %</source>
            <translation>menos de 1 %</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>sí</translation>
        </message>
        <message>
            <source>{count} more are not listed here.</source>
            <translation>{count} más no se enumeran aquí.</translation>
        </message>
        <message>
            <source>{metres} m</source>
            <translation>{metres} m</translation>
        </message>
        <message>
            <source>{percent} of the area</source>
            <translation>{percent} de la superficie</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{used} of {budget} tiles</source>
            <translation>{used} de {budget} teselas</translation>
        </message>
    </context>
    <context>
        <name>ResultDelegate</name>
        <message>
            <source>More like this (+)</source>
            <translation>Más como esto (+)</translation>
        </message>
        <message>
            <source>Not like this (-)</source>
            <translation>Como esto no (-)</translation>
        </message>
    </context>
    <context>
        <name>ResultList</name>
        <message>
            <source>More like this	+</source>
            <translation>Más como esto	+</translation>
        </message>
        <message>
            <source>Not like this	-</source>
            <translation>Como esto no	-</translation>
        </message>
        <message>
            <source>Places found</source>
            <translation>Lugares encontrados</translation>
        </message>
        <message>
            <source>Zoom to it</source>
            <translation>Acercarse</translation>
        </message>
    </context>
    <context>
        <name>ResultModel</name>
        <message>
            <source>Relevance: how much likelier your words are than anything else the model has a name for. It does not prove that the thing is there.</source>
            <translation>Relevancia: cuánto más probables son sus palabras que cualquier otra cosa para la que el modelo tiene un nombre. No demuestra que la cosa esté ahí.</translation>
        </message>
        <message>
            <source>Similarity to the examples, -1 to 1. It orders places; it is no probability.</source>
            <translation>Similitud con los ejemplos, de -1 a 1. Ordena los lugares; no es una probabilidad.</translation>
        </message>
        <message>
            <source>relevance &lt; 1 %</source>
            <translation>relevancia &lt; 1 %</translation>
        </message>
        <message>
            <source>relevance {percent} %</source>
            <translation>relevancia {percent} %</translation>
        </message>
        <message>
            <source>similarity {score}</source>
            <translation>similitud {score}</translation>
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
            <translation>Crear índice…</translation>
        </message>
        <message>
            <source>Choose images, see what it takes, and let the model look at them once</source>
            <translation>Elegir imágenes, ver lo que cuesta y dejar que el modelo las mire una vez</translation>
        </message>
    </context>
    <context>
        <name>ResultsView</name>
        <message>
            <source>All that was asked in this project: export a report, clear the log</source>
            <translation>Todo lo que se preguntó en este proyecto: exportar un informe, vaciar el registro</translation>
        </message>
        <message>
            <source>Click a phrase to see it on the map, right-click it to find every such object</source>
            <translation>Pulse una palabra para verla en el mapa, con el botón derecho para encontrar todos los objetos así</translation>
        </message>
        <message>
            <source>Cop&amp;y</source>
            <translation>Co&amp;piar</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Copiado.</translation>
        </message>
        <message>
            <source>Copy the text</source>
            <translation>Copiar el texto</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descripción</translation>
        </message>
        <message>
            <source>Find every {name}</source>
            <translation>Encontrar todos: {name}</translation>
        </message>
        <message>
            <source>L&amp;ayers</source>
            <translation>Ca&amp;pas</translation>
        </message>
        <message>
            <source>Repor&amp;t…</source>
            <translation>&amp;Informe…</translation>
        </message>
        <message>
            <source>Save a report: an HTML page that any browser opens</source>
            <translation>Guardar un informe: una página HTML que abre cualquier navegador</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>Sesión</translation>
        </message>
        <message>
            <source>Show the result layers and zoom to what was described</source>
            <translation>Mostrar las capas de resultados y acercarse a lo descrito</translation>
        </message>
    </context>
    <context>
        <name>RsVlmAlgorithm</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Resolution for web layers&lt;/b&gt;: map units per pixel, because XYZ, WMS and WMTS layers have no pixels of their own; empty chooses one that suits the area. Ignored for other layers.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Model bundle&lt;/b&gt;: a zip, or the bundle.json of a folder; empty takes the model chosen in the options.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Resolución para capas web&lt;/b&gt;: unidades de mapa por píxel, porque las capas XYZ, WMS y WMTS no tienen píxeles propios; vacío elige una adecuada a la superficie. No se usa para otras capas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Paquete del modelo&lt;/b&gt;: un zip o el bundle.json de una carpeta; vacío toma el modelo elegido en las opciones.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Where to look closer&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; looks closer where there is most to see, &lt;i&gt;fixed&lt;/i&gt; at all places alike, &lt;i&gt;random&lt;/i&gt; anywhere.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Budget (tiles)&lt;/b&gt;: most tiles the model looks at; time grows with it.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Dónde mirar más de cerca&lt;/b&gt;: &lt;i&gt;content&lt;/i&gt; mira más de cerca donde hay más que ver, &lt;i&gt;fixed&lt;/i&gt; en todas partes igual, &lt;i&gt;random&lt;/i&gt; en cualquier sitio.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Presupuesto (teselas)&lt;/b&gt;: máximo de teselas que mira el modelo; el tiempo crece con él.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;The model runs on this computer; nothing is uploaded.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Image&lt;/b&gt;: a raster layer of 1 to many bands, with or without a coordinate system; web layers too.&lt;/p&gt;</source>
            <translation>&lt;p&gt;El modelo se ejecuta en este equipo; no se sube nada.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Imagen&lt;/b&gt;: una capa ráster de una a muchas bandas, con o sin sistema de coordenadas; también capas web.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Budget (tiles)</source>
            <translation>Presupuesto (teselas)</translation>
        </message>
        <message>
            <source>Describe</source>
            <translation>Describir</translation>
        </message>
        <message>
            <source>Image</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <translation>Paquete del modelo</translation>
        </message>
        <message>
            <source>Model bundle (*.zip bundle.json)</source>
            <translation>Paquete del modelo (*.zip bundle.json)</translation>
        </message>
        <message>
            <source>Resolution for web layers</source>
            <translation>Resolución para capas web</translation>
        </message>
        <message>
            <source>Where to look closer</source>
            <translation>Dónde mirar más de cerca</translation>
        </message>
        <message>
            <source>caption,description,imagery</source>
            <translation>leyenda,descripción,imágenes</translation>
        </message>
    </context>
    <context>
        <name>RsVlmPlugin</name>
        <message>
            <source>Ask about region</source>
            <translation>Preguntar sobre la región</translation>
        </message>
        <message>
            <source>Ask about region: how many, where, how large, what kind of place?</source>
            <translation>Preguntar sobre la región: ¿cuántos, dónde, qué tamaño, qué clase de lugar?</translation>
        </message>
        <message>
            <source>Compare images</source>
            <translation>Comparar imágenes</translation>
        </message>
        <message>
            <source>Compare images: what changed from one to the other?</source>
            <translation>Comparar imágenes: ¿qué ha cambiado de una a otra?</translation>
        </message>
        <message>
            <source>Describe region</source>
            <translation>Describir región</translation>
        </message>
        <message>
            <source>Describe region: what does this part of the image show?</source>
            <translation>Describir región: ¿qué muestra esta parte de la imagen?</translation>
        </message>
        <message>
            <source>Find objects</source>
            <translation>Encontrar objetos</translation>
        </message>
        <message>
            <source>Find objects: outline everything that words name</source>
            <translation>Encontrar objetos: delinear todo lo que nombran unas palabras</translation>
        </message>
        <message>
            <source>RS-VLM help</source>
            <translation>Ayuda de RS-VLM</translation>
        </message>
        <message>
            <source>RS-VLM panel</source>
            <translation>Panel RS-VLM</translation>
        </message>
        <message>
            <source>Search by words</source>
            <translation>Buscar con palabras</translation>
        </message>
        <message>
            <source>Search by words: where do the indexed images show it?</source>
            <translation>Buscar con palabras: ¿dónde lo muestran las imágenes indexadas?</translation>
        </message>
    </context>
    <context>
        <name>RsVlmProvider</name>
        <message>
            <source>RS-VLM: talk to imagery</source>
            <translation>RS-VLM: hablar con imágenes</translation>
        </message>
    </context>
    <context>
        <name>RunBar</name>
        <message>
            <source>Ca&amp;ncel</source>
            <translation>Ca&amp;ncelar</translation>
        </message>
        <message>
            <source>Descri&amp;be region</source>
            <translation>Descri&amp;bir región</translation>
        </message>
        <message>
            <source>Describe what the region shows ({shortcut})</source>
            <translation>Describir lo que muestra la región ({shortcut})</translation>
        </message>
        <message>
            <source>Progress of the description</source>
            <translation>Progreso de la descripción</translation>
        </message>
    </context>
    <context>
        <name>ScoreSlider</name>
        <message>
            <source>Back to the model's own threshold, {score}</source>
            <translation>Volver al umbral propio del modelo, {score}</translation>
        </message>
        <message>
            <source>Least score</source>
            <translation>Puntuación mínima</translation>
        </message>
        <message>
            <source>Reset</source>
            <translation>Restablecer</translation>
        </message>
        <message>
            <source>Score from</source>
            <translation>Puntuación desde</translation>
        </message>
        <message>
            <source>Show what the model is at least so sure of. Less finds more, right and wrong; list and layer follow at once.</source>
            <translation>Muestra aquello de lo que el modelo está al menos así de seguro. Menos encuentra más, acertado y equivocado; la lista y la capa siguen al momento.</translation>
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
            <translation>Resolución más gruesa</translation>
        </message>
        <message>
            <source>Finest resolution</source>
            <translation>Resolución más fina</translation>
        </message>
        <message>
            <source>Ground covered by a pixel as the model saw it: large values find wide landscapes, small values single things</source>
            <translation>Terreno que cubre un píxel tal como lo vio el modelo: valores grandes encuentran paisajes amplios, valores pequeños cosas sueltas</translation>
        </message>
        <message>
            <source>Image to search</source>
            <translation>Imagen en la que buscar</translation>
        </message>
        <message>
            <source>In</source>
            <translation>En</translation>
        </message>
        <message>
            <source>Least relevance</source>
            <translation>Relevancia mínima</translation>
        </message>
        <message>
            <source>Leave out places of less relevance than this</source>
            <translation>Omitir lugares de menor relevancia que esta</translation>
        </message>
        <message>
            <source>Lift all of these limits</source>
            <translation>Quitar todos estos límites</translation>
        </message>
        <message>
            <source>Relevance from</source>
            <translation>Relevancia desde</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>Search all indexed images, or one of them</source>
            <translation>Buscar en todas las imágenes indexadas o en una de ellas</translation>
        </message>
        <message>
            <source>Search everything</source>
            <translation>Buscar en todo</translation>
        </message>
        <message>
            <source>Seen at</source>
            <translation>Visto a</translation>
        </message>
        <message>
            <source>Where to search</source>
            <translation>Dónde buscar</translation>
        </message>
        <message>
            <source>Where to search (limited)</source>
            <translation>Dónde buscar (limitado)</translation>
        </message>
        <message>
            <source>all images</source>
            <translation>todas las imágenes</translation>
        </message>
        <message>
            <source>any</source>
            <translation>cualquiera</translation>
        </message>
        <message>
            <source>to</source>
            <translation>hasta</translation>
        </message>
    </context>
    <context>
        <name>SearchIndex</name>
        <message>
            <source>&lt;p&gt;&lt;b&gt;Places&lt;/b&gt;: polygons with rank and relevance, in the images' coordinate system where they share one, else in longitude and latitude. &lt;b&gt;Places found&lt;/b&gt;: how many. Relevance compares the words with other things the model has a name for: check what matters.&lt;/p&gt;</source>
            <translation>&lt;p&gt;&lt;b&gt;Lugares&lt;/b&gt;: polígonos con orden y relevancia, en el sistema de coordenadas de las imágenes donde comparten uno, si no en longitud y latitud. &lt;b&gt;Lugares encontrados&lt;/b&gt;: cuántos. La relevancia compara las palabras con otras cosas para las que el modelo tiene un nombre: compruebe lo que importa.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>&lt;p&gt;Finds places by words in an index made by &lt;i&gt;Build search index&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Index&lt;/b&gt;: its GeoPackage.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Text&lt;/b&gt;: what to look for, in English, like &lt;i&gt;storage tanks not water&lt;/i&gt;; &lt;i&gt;not&lt;/i&gt; or a leading minus says what must not be there.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Concept&lt;/b&gt;: a concept saved from examples, in place of a text.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Most places&lt;/b&gt;: how many to find at most.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extent&lt;/b&gt;: only places in it, in any coordinate system.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Only these images&lt;/b&gt;: raster layers or files that the index holds; none means all.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Finest resolution&lt;/b&gt;, &lt;b&gt;Coarsest resolution&lt;/b&gt;: metres on the ground of a pixel as the model saw it; large values find wide landscapes, small values single things.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Least relevance&lt;/b&gt;: leaves out what is less relevant, 0 to 1.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Look closer at what is found&lt;/b&gt;: reads the images again to outline what was found in each tile; without it whole tiles are shown.&lt;/p&gt;</source>
            <translation>&lt;p&gt;Encuentra lugares con palabras en un índice hecho con &lt;i&gt;Crear índice de búsqueda&lt;/i&gt;.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Índice&lt;/b&gt;: su GeoPackage.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Texto&lt;/b&gt;: qué buscar, en inglés, como &lt;i&gt;storage tanks not water&lt;/i&gt;; &lt;i&gt;not&lt;/i&gt; o un signo menos delante dice lo que no debe haber.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Concepto&lt;/b&gt;: un concepto guardado a partir de ejemplos, en lugar de un texto.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Máximo de lugares&lt;/b&gt;: cuántos encontrar como mucho.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Extensión&lt;/b&gt;: solo lugares en ella, en cualquier sistema de coordenadas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Solo estas imágenes&lt;/b&gt;: capas ráster o archivos que el índice contiene; ninguna significa todas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Resolución más fina&lt;/b&gt;, &lt;b&gt;Resolución más gruesa&lt;/b&gt;: metros en el terreno de un píxel tal como lo vio el modelo; los valores grandes encuentran paisajes amplios, los pequeños cosas sueltas.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Relevancia mínima&lt;/b&gt;: omite lo menos relevante, de 0 a 1.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Mirar más de cerca lo encontrado&lt;/b&gt;: lee otra vez las imágenes para delinear lo encontrado en cada tesela; sin ello se muestran teselas enteras.&lt;/p&gt;</translation>
        </message>
        <message>
            <source>Coarsest resolution</source>
            <translation>Resolución más gruesa</translation>
        </message>
        <message>
            <source>Concept</source>
            <translation>Concepto</translation>
        </message>
        <message>
            <source>Extent</source>
            <translation>Extensión</translation>
        </message>
        <message>
            <source>Finds the places of indexed images that show what words say.</source>
            <translation>Encuentra los lugares de imágenes indexadas que muestran lo que dicen unas palabras.</translation>
        </message>
        <message>
            <source>Finest resolution</source>
            <translation>Resolución más fina</translation>
        </message>
        <message>
            <source>Index</source>
            <translation>Índice</translation>
        </message>
        <message>
            <source>Least relevance</source>
            <translation>Relevancia mínima</translation>
        </message>
        <message>
            <source>Loading the model</source>
            <translation>Cargando el modelo</translation>
        </message>
        <message>
            <source>Look closer at what is found</source>
            <translation>Mirar más de cerca lo encontrado</translation>
        </message>
        <message>
            <source>Most places</source>
            <translation>Máximo de lugares</translation>
        </message>
        <message>
            <source>Only these images</source>
            <translation>Solo estas imágenes</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>Lugares</translation>
        </message>
        <message>
            <source>Places found</source>
            <translation>Lugares encontrados</translation>
        </message>
        <message>
            <source>Search by text</source>
            <translation>Búsqueda por texto</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Texto</translation>
        </message>
    </context>
    <context>
        <name>SearchLayers</name>
        <message>
            <source>Heat map</source>
            <translation>Mapa de calor</translation>
        </message>
        <message>
            <source>RS-VLM search: {words}</source>
            <translation>Búsqueda de RS-VLM: {words}</translation>
        </message>
    </context>
    <context>
        <name>SearchLocatorFilter</name>
        <message>
            <source>No search index yet: build one in the RS-VLM panel</source>
            <translation>Todavía no hay índice de búsqueda: cree uno en el panel RS-VLM</translation>
        </message>
        <message>
            <source>Search images by words (RS-VLM)</source>
            <translation>Buscar imágenes con palabras (RS-VLM)</translation>
        </message>
        <message>
            <source>{place}, relevance {percent} %</source>
            <translation>{place}, relevancia {percent} %</translation>
        </message>
    </context>
    <context>
        <name>SearchPanel</name>
        <message>
            <source> and </source>
            <translation> y </translation>
        </message>
        <message>
            <source>Ask for less relevance under Where to search.</source>
            <translation>Pida menos relevancia en «Dónde buscar».</translation>
        </message>
        <message>
            <source>Drag a rectangle around something to find more of. Esc gives up.</source>
            <translation>Arrastre un rectángulo alrededor de algo de lo que encontrar más. Esc abandona.</translation>
        </message>
        <message>
            <source>No index yet for this project.

Build one for its image layers or for a folder of images, to search them by words.</source>
            <translation>Todavía no hay índice para este proyecto.

Cree uno para sus capas de imagen o para una carpeta de imágenes, para buscar en ellas con palabras.</translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Nada encontrado.</translation>
        </message>
        <message>
            <source>Search more widely under Where to search.</source>
            <translation>Busque en más en «Dónde buscar».</translation>
        </message>
        <message>
            <source>Searching for the heat map…</source>
            <translation>Buscando para el mapa de calor…</translation>
        </message>
        <message>
            <source>Searching… (the first search loads the model)</source>
            <translation>Buscando… (la primera búsqueda carga el modelo)</translation>
        </message>
        <message>
            <source>The model is looking at your images.
You can search as soon as the first tiles are stored, and go on working meanwhile.</source>
            <translation>El modelo está mirando sus imágenes.
Puede buscar en cuanto estén guardadas las primeras teselas y seguir trabajando mientras tanto.</translation>
        </message>
        <message>
            <source>This place cannot be shown on the map.</source>
            <translation>Este lugar no se puede mostrar en el mapa.</translation>
        </message>
        <message>
            <source>To search, {packages} must be installed first: describe a region once.</source>
            <translation>Para buscar hay que instalar primero {packages}: describa una región una vez.</translation>
        </message>
        <message>
            <source>Type what you look for, in English, like

planes on a runway
storage tanks not water

Places appear while you type.</source>
            <translation>Escriba en inglés lo que busca, como

planes on a runway
storage tanks not water

Los lugares aparecen mientras escribe.</translation>
        </message>
        <message>
            <source>{places}, best first, then {count} of little relevance.</source>
            <translation>{places}, los mejores primero, luego {count} de poca relevancia.</translation>
        </message>
        <message>
            <source>{places}, best first.</source>
            <translation>{places}, los mejores primero.</translation>
        </message>
    </context>
    <context>
        <name>SessionActions</name>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Clear session log</source>
            <translation>Vaciar el registro de la sesión</translation>
        </message>
        <message>
            <source>Drawing the maps of the report…</source>
            <translation>Dibujando los mapas del informe…</translation>
        </message>
        <message>
            <source>Everything asked in this project, with maps, as PDF or as a web page</source>
            <translation>Todo lo preguntado en este proyecto, con mapas, como PDF o como página web</translation>
        </message>
        <message>
            <source>Export session report</source>
            <translation>Exportar informe de la sesión</translation>
        </message>
        <message>
            <source>Export session report…</source>
            <translation>Exportar informe de la sesión…</translation>
        </message>
        <message>
            <source>Forget what was asked in this project; result layers stay</source>
            <translation>Olvidar lo que se preguntó en este proyecto; las capas de resultados se quedan</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>The report is saved as {path}.</source>
            <translation>El informe está guardado como {path}.</translation>
        </message>
        <message>
            <source>The session log is cleared.</source>
            <translation>El registro de la sesión está vacío.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>Web page (*.html)</source>
            <translation>Página web (*.html)</translation>
        </message>
        <message>
            <source>session</source>
            <translation>sesión</translation>
        </message>
    </context>
    <context>
        <name>Target</name>
        <message>
            <source>&amp;Image</source>
            <translation>&amp;Imagen</translation>
        </message>
        <message>
            <source>Re&amp;gion</source>
            <translation>Re&amp;gión</translation>
        </message>
    </context>
</TS>
