// Spanish words for phrases: 2,048 of three to eight letters, so that each is eleven bits. None has an accent or an ñ, which
// some keyboards hide.
export const words = `
abanico abarcar abedul abeja abeto abierto abogado abono abrazo abrigo abril abrir abuela abuelo abundar acabar
acacia acampar acebo aceite acelga acento aceptar acercar acero acertar acordar acorde actitud acto actor actriz
actual acudir acuerdo adaptar adelfa adentro adobe adoptar adorno aduana afable afecto afilar afinar afuera
agalla agarrar agenda agitar agosto agotar agradar agregar agua aguja ahora ahorrar aire ajedrez ajeno ajo
ajuste alameda alamo alarma alba alberca alcalde alcance alcoba aldea alegrar alegre alero alerta aleta alfalfa
alforja alga algo alguien aliado aliento alisar alivio allanar alma almeja alondra alpaca alpino altavoz alto
altura alumno alzar amable amante amapola amasar ameno amigo amistad amor ampliar amplio ancho ancla andar
anfibio anguila anhelo anillo animal animar anoche anotar antena antes antiguo antojo anual anuncio anzuelo
aparato apartar apenas apio aplauso aplicar apodo aportar apoyar apoyo apretar aprobar apuntar apunte aquel
arado arar arbusto arcilla arco ardilla arena arenque armar armario aro aroma arpa arreglo arriba arroyo arroz
arte artista asado ascenso aseo asiento asistir asno asomar asombro aspecto aspirar astilla astro asunto atajo
atar atender atento atleta atraer atril aula aumento aunque aurora autor avance avanzar ave avena avenida avisar
aviso avispa ayer ayuda ayudar azada azafata azahar azotea azucena azufre azul azulejo babero bailar baile bajar
bajo balanza ballena ballet balsa banana banco banda bandeja bandera barato barba barbero barca barco barniz
barra barrer barriga barrio barro batalla batido batir batuta baya beber bebida beca becerro belleza bello
bellota bermejo berro berza beso besugo biblia bien bigote billete bisonte blanco blando blusa boca boda bodega
bola bolera boleto bolsa bombero bonanza bonito bordado borde bosque bostezo bota botella botica boya bozal
brasa brazo breve brezo brillar brillo brincar brindis brisa brocha broche broma bronce brote bruma buceo bueno
buey bufanda buscar butaca buzo caballa caballo cabaret cabello caber cabeza cabina cabra cacao cactus cada
cadena caer caimito caja calamar caldera caldo calidad callar calle calma calor cama cambiar cambio camello
caminar camino camisa campana campo canal canario canasta cancha candado canela canoa cansado cantar cantera
canto capa capaz capilla capital capullo cara cardo careta carga cargar caribe carne carnero carpeta carrera
carreta carta cartel cartero casa casaca cascada casco caseta casi castor cauce causa cauto cavar caverna caza
cazuela cebada cebolla cebra ceder cedro cejas celda celeste cena cenar cenefa centavo centeno centro cepillo
cera cerca cercano cerdo cereal cereza cerilla cerrar cerro certero cesta chaleco charca charla chicle chino
chispa chiste choza chuleta chupar cielo cien ciencia cierto ciervo cifra cigarra cima cincel cinco cine cinta
cinto circo ciruela cisne cita ciudad civil clara claro clase clavar clave clavel clavo clima coche cocina
cocinar coco codo coger col cola colcha colega colegio colgar colina collar colmena color columna comarca
combate comedia comer cometa comida compra comprar concha conde conejo confiar conocer consejo contar contra
copa copiar copla corbata corcho cordero corneta coro corona corral correa correo correr cortar corteza cortina
corto corzo cosa cosecha coser costa cotorra crear crecer creer crema cresta cristal cruce crucero crudo cruz
cruzar cuadra cuadro cuando cuarto cuatro cubo cubrir cuchara cuello cuenca cuenco cuenta cuento cuerda cuerno
cuero cuerpo cuesta cueva cuidado cuidar culebra cultivo cultura cumbre cuna curar curioso curso curva dado dama
danza dar datos deber decano decena decidir decir dedal dedo dehesa dejar delante deleite delgado demora dentro
deporte derecho desde desear deseo desfile destino detalle detener diadema diana diario dibujar dibujo dictado
diente diez digno diluvio dinero diosa directo disco disfraz diurno doblar doble doce doctor domingo donar donde
dorada dorado dormir dosel drama ducha duda duende dueto dulce dulzura duna durante durar durazno duro echar
edad educar efecto ejemplo ejercer elegir elevar ella embalse emblema embudo emitir empezar empleo empujar
encaje encanto encima encina enebro enero enfoque enigma enlace enorme ensayo enseres entero entrada entrar
entre entrega envase enviar equipo erizo ermita errante esbelto escalar escama escena escoba escoger escolar
escudo escuela esencia esfera esmalte espacio espada espalda esparto especie espejo espera esperar espiga espina
espiral espuma esquina establo estaca estado estampa estante estar estatua estela estepa estilo estima estirar
estreno estribo estuche estudio estufa etapa eterno euforia evitar exacto examen exceso exigir existir exponer
extenso extra extremo fabada faceta faena faja falda faltar fama familia famoso fango faro farol farola fauna
favor fecha felino feliz feria feroz festejo fiambre fibra ficha fideo fiel fiesta figura fijar fila filete filo
filtro final finca fino firma firmar firme flan flauta flecha fleco flor florero flota flotar fluir foca foco
fogata follaje folleto fondo forja forma formal forrar fortuna foto frac franja frasco frase frenar freno frente
fresa fresco fresno frijol frito fruta frutal frutero fuego fuelle fuente fuera fuerte fuerza fugaz funda fundar
futuro gacela gafas gaita gala galera galgo gallego galleta gallina gallo galope gamo gamuza ganado ganar ganso
garaje garra garza gastar gato gaviota gel gema gemelo genio gente gerente gesto gigante gira girar girasol
glaciar globo gloria golfo goma gorila gorra gorro gota gotera gozar grabado gracia grado gramo gran granada
grande granero granizo granja grano grapa gratis grato grava greca greda grieta grillo gris gritar grito grulla
grupo gruta guante guapo guardar guarida guiar guinda guiso gusano gustar gusto haba haber habitar hablar hacer
hacha hacia hada halago hallar hamaca hambre harina hasta haya hebilla hebra hecho helado helecho helio hermana
hermano hermoso herrero hielo hiena hierba hierro higo higuera hija hijo hilo himno hinojo hocico hogar hoguera
hoja hola hombre hombro hondo honesto honor hora horario horma hormiga hornero horno hotel hoy hoyo hucha hueco
huella huerta huerto hueso huevo huir humano humilde humo humor hurones idea ideal idioma iglesia igual iguana
imagen impulso incluir indicar influir informe ingenio inicio inmenso insecto intento interno invento invitar
isla islote jabato jacinto jaguar jaleo jaque jara jarabe jarcia jarra jarro jaula jefe jerga jersey jinete
jirafa jornada joven joya joyero jubilar judo juego jueves juez jugar jugo juguete juicio julio junco jungla
junio junta juntar junto jurar justo juvenil juzgar kilo kiwi koala labio labor labrar lacio ladera lado ladrar
ladrido lagarto lago laguna lana lancha lanza largo lata laurel lavanda lavar lazo leal lebrel leche lechuga
lechuza leer legado lejano lejos lema lengua lente lenteja lento letra levante leve leyenda libre libreta libro
liebre lienzo ligero lija lima limpiar limpio linaje lince lindo lingote lino lirio liso lista listo litera
litro llama llamar llano llanto llanura llave llavero llegada llegar llenar lleno llevar llorar llover lluvia
lobo local lograr loma lombriz lona lonja loro lote lucero luchar lucir luego lugar lujo lumbre luna lunar lunes
lupa lustre luto luz maceta madera madre maestro magia maizal malla malva mambo manada mancha mandar mando
manejar manga mango mano manojo manso manta manteca mantel manto manual manzana manzano mapa mapache mar maraca
marca marcar marchar marco marea marfil marido marina marisma marmota marte martes marzo masa mascota masilla
mata matiz mayo mayor mazo mazorca mecha medalla media mediano medio medir mejilla mejor melena mellizo memoria
menor menos mensaje menta mente menudo mercado merecer merluza mesa meseta meta metal meter metro mezcla mezclar
miedo miel miembro miga milagro milenio miles millar mimbre mimosa mina mineral minuto mirada mirador mirar
mirlo mirto misa mismo mitad mito mochila moda modelo moderno modesto modo mojado molde moler molino momento
moneda monje mono montar monte montura morada morado moral morena morsa mosaico mosca mostaza mostrar motivo
moto motor mover mudanza mueble muela muelle muestra mujer multa mundo mural muralla muro museo musgo muslo
mutuo nabo nacer nadar nadie naipe naranja naranjo nardo nariz nata natural navaja nave navegar navidad neblina
nervio nevada nevar nevera nido niebla nieto nieve nimbo nivel noble noche nogal nombre nopal noria norma norte
nota notar noticia novato novela noventa novia novio nube nuca nudo nuera nuestro nueve nuevo nuez nuncio nutria
oasis objeto obra obrero obtener oca ocaso ocelote ochenta ocho ocre octavo octubre ocupar odisea oeste oficina
oficio ofrecer ofrenda ojal ojo oler olfato olivar olivo olla olmo olor oloroso ombligo onda ondear ondular
opaco operar opinar optar ora orador orden ordenar oreja orfebre orgullo oriente origen orilla oro ortiga oruga
osado oscuro oso ostra otero otro oveja ovillo oyente padre paella pagar pago paisaje paja pajar pala palabra
palacio paladar palanca palco palma palmera palo paloma palomar palpar pampa panal panda panel pantano pantera
papaya papel paquete para parada paraje parar parasol parcela pared pareja parque parra parte partida partido
partir pasado pasaje pasar pascua paseo pasillo paso pasta pastel pasto pastor pata patata patines patio pato
patria pausa pavo payaso paz peca pecera pecho pedal pedazo pedir pegar peinado peine pelaje pelar pelea peligro
pelo pelota peluca peludo penca pensar pepino pera perder perejil perfil perfume perla permiso pero perro
persona pesado pesar pesca pescado pescar peso pez pico pie piedra piel pierna pieza pijama pila pilar piloto
pinar pincel pino pintar pinto pintor pinza pipa pirata piscina piso pista pita pizarra placa placer plan
plancha planeta plano planta plantar plata plato playa plaza plegar pleno plomo pluma plural poblar pobre poco
poder poema poeta polen polilla pollo polo polvo pomada pomelo poner popa popular porche portada portal portero
posada posible postal poste postre potro pozo pradera prado precio premio prender prensa presa prestar primero
primo prisa prisma proa probar promesa pronto propio prueba pueblo puente puerta puerto puesto pulga pulgar
pulir pulpa pulpo pulsera puma punta punto pupila pupitre puro quedar quejido quemar querer querido queso
quetzal quiebro quien quieto quilla quimera quince quinta quinto quiosco quitar rabo racimo rama ramaje ramo
rampa rana rancho rango rapaz raqueta raro rasgo raspar rastro rato raya rayo raza rebote recado receta recibir
recibo recio recodo recoger recreo recta recto red redondo reducir reflejo reforma refugio regalar regalo regar
regata regla regreso reina reino reja relato reloj remanso remar remate remedio remo renacer rendija reno renta
reparar repasar repetir repisa reposo reserva resina respeto restar resto resumen retablo retama reto retrato
reunir revista rey rezar ribera rico riego rienda riqueza risa ritmo rito rival rizo robar roble robusto roca
roce rociar rodaja rodar rodeo rodilla rojizo rojo romance romano romero romper ronda ropa ropero rosa rosado
rosal rosca rostro rotonda rubio rueca rueda ruedo rugir ruido ruina rumbo rumor rural ruta rutina saber sabio
sabor sabroso sacar saco sala salar salero salida salina salir salsa saltar salto salud saludo salvar salvia
sangre sano santo sapo sardina sastre sauce sauna savia secar seco secreto secuoya seda seguir segundo seguro
seis sello selva semana sembrar semilla senda sendero sentar sentido sentir sereno serie serio serrano servir
sesenta seta setenta severo siembra siempre sien siesta siete siglo signo silbar silbido silla silueta simple
sincero sirena sistema sitio sobre sobrino socio soga sol solapa solar soldado soledad soler solo soltar sombra
sonar sonata sonido sonrisa soplar soporte sorteo sosiego suave subir suceso sudor suegra suela sueldo suelo
suelto suerte sugerir sujeto sultana suma sumar superar sur surco surgir suspiro sutil tabaco tabla tablero
tacto taladro talco talento taller tallo tambor tanto tapa tapar tapete tapia tapiz tarde tarea tarifa tarjeta
tarro tarta tartana tauro taza teatro techo tecla tejado tejer tejido tela telar tema templo tenaz tender tener
tenis tenor tercero ternero ternura terraza terreno terso tesoro testigo tetera texto tiempo tienda tierno
tierra tieso tigre tijera tila timbre tinaja tinta tinto tirante tirar tiza toalla tobillo tocar tocino todo
toldo tomar tomate tomillo tono topacio tope topo torcer tordo toro torre torta tortuga tosco tostada tostar
total trabajo traer traje trama tramo tranza trapo traste trato trazar trazo treinta tren trenza trepar tres
tribu trigal trigo trineo trino triple trompo tronco tropa trote trozo trucha trueno trufa tuba tumbona tundra
turismo turno tutor ubicar umbral unidad unir urbano urgente urraca usar usual vaca vaciar vacuna vado vago
vajilla vale valer valioso valla valle valor vapor vaquero vara variar varios vaso vecino vega veinte vejez vela
velada velero veleta velo veloz venado vencejo vencer venda vender venir venta ventaja ventana verano verbena
verbo verdad verde verdura vereda verja verso vestido vestir veta viajar viaje viajero vibrar vida vidrio viejo
viento vientre viernes viga vigilar villa vinagre vino violeta virtud viruta visera visita visitar vista vistoso
vivaz vivero vivir vivo vocablo vocal volante volar volcar volumen volver voto vuelo vuelta yate yedra yegua
yelmo yema yerba yerno yeso yogures yoyo yuca yugo yunque yunta zafiro zambra zanco zanja zapato zarpar zarza
zinc zorro zorzal zueco zumba zumbido zumo
`
	.trim()
	.split(/\s+/);
