// English words for phrases: 2,048 of three to eight letters, so that each is eleven bits. Common, easy to spell and of our
// own choosing.
export const words = `
able accent acid acorn across active actor adapt admire adobe adult advance adverb advice aerial affect afford
again agate agency agenda agile agree ahead airline airport aisle alarm album alert alley allow almanac almond
almost alpine alto amaze amber amount ample analyst anchor ancient angle animal ankle annual answer antique
antler anvil apart apple apricot april apron aqua arbor arcade arch archer archive arctic arena armor aroma
arrange arrive arrow article artist ascend ascent aspect aspen assist athlete atlas atom attend attic audio
august aunt aurora author autumn avenue average aviator avocado awake award axis azure baby bacon badge badger
bagel baggage bagpipe baker bakery balance balcony ball ballad ballet balloon bamboo banana band bandana banjo
bank banner banquet barber bargain barista bark barley barn baroque barrel basil basin basket bath baton beach
beacon beads beaker bean bear beard beat beaver because bedroom beech beef beehive beetle before begin behave
behind beige belfry bell bellow belong belt bench bend benefit beret berry beside best better bicycle bike bingo
birch bird birth biscuit bishop bison blanket blaze blend bless blink block blond bloom blossom blouse blue
bluff blush board boat bobcat bobsled body boil bold bolt bonfire bonnet bonsai bonus book boost boot border
borrow boss botany bottle bottom boulder bounce bowl bracket braid brain brake branch brass brave bravo bread
break breeze brew brick bride bridge brief bright bring brisk broad bronco bronze brook broom brother brown
brush bubble bucket buckle buddy budget buffalo buffet bugle build builder bulb bumper bundle bunny buoy burger
burrow bush busy butler butter button buzz cabaret cabbage cabin cable cactus cadet cafe cage cake calcium calf
call calm camel camera camp campus canal canary candid candle candy cane canoe canopy cantina canvas canyon cape
capital captain caption caramel caravan carbon card cargo caribou carol carpet carrot cart carve cascade case
cash cashew castle casual catalog catch cattle cause cave cavern cedar ceiling celery cello cement center
century ceramic cereal certain chain chair chalet chalk chamber chance change chapel chapter chariot charity
charm chart chase cheap check cheek cheer cheese cheetah chef chemist cherry chess chest chick chief child chili
chimney chin chip chisel choice choir choose chorus chowder church cider cinema circle circus citadel citizen
citrus city clap clarity class classic clay clean clear clerk clever client cliff climb clinic clipper cloak
clock close cloth cloud clove clover clown club cluster coach coast coat cobalt cobbler cobra cocoa coconut code
coffee coin cold collar collect collie colony color column comb comedy comet comfort comic common company
compass compose concert condor cookie copper copy coral cord core cork corn corner cornet corral cosmic cottage
cotton couch council count country couple coupon courage courier court cousin cover cowboy coyote cozy crab
cradle craft crane crater crayon cream credit creek crew cricket crimson crisp crochet crocus crop cross crouton
crow crown cruise cruiser crumb crystal cube cuckoo culture curator curious curl current curtain curve cushion
custard custom cyclist cyclone cymbal cypress dahlia dairy daisy damp dance daring dark dash date dawn dazzle
deal dear debate decade decide decimal deck decoy deep deer defend degree delight deliver delta denim dentist
depot depth deputy desert design desire desk dessert destiny detail develop device devote dial dialog diamond
diary dice dictate diesel digest digit dimple dinghy dinner diploma direct dish display distant dive diver
divide dock doctor dodge dogwood doll dollar dolphin domain domino donate donkey door doorway double dough dove
down dozen draft dragon drama draw drawer dream dress drift drill drink drive driver drizzle drop drum duck duet
dune dungeon durable during dusk dust duty dynamo each eager eagle early earn earnest earring earth easel east
easter eastern easy echo eclipse economy edge edition editor educate effort eight elastic elbow elder elect
elegant eleven embark ember emblem embrace emerald emotion empire employ empty enamel enchant endless energy
engine engrave enjoy enough enter entire episode equal equator equip erase errand escape essay estate eternal
evening event ever evolve exact examine example excite exhibit exit exotic expand expanse expert explain explore
express extra eyebrow fable fabric face fact factory faculty fade fair fairy faith falcon fall family famous
fancy farm fashion fast father faucet favor feast feather fellow fence fern ferry fiber fiction fiddle field
figure film final finch find fine finger finish fire firm first fish five flag flame flannel flash flask flat
flavor flight flint float flock floor florist flour flow flower flute foam focus foil folder folk follow fond
food foot forest forget fork form fort fortune forum forward fossil found four frame freckle free freight fresh
friend fringe frog front frost fruit fuel full funnel funny future gadget galaxy gallery gallon game garage
garden garlic garment garnet gate gather gazelle general genius gentle geyser giant gift ginger giraffe girl
give glacier glad glade glance glass glide glimpse glitter globe glory glove glow glue goal goat gold golf
gondola good goose gopher gorilla gown grace grain grand granite grape graph grass gravel gravity gravy great
green greet grid grill grin grip grocery ground group grove grow guard guess guest guide guitar gull gust habit
hail hair half hall hammer hammock hamster hand handle happen happy harbor hard hare harmony harp harvest hatch
haven hawk hazel head health hear heart heat heather hedge height helmet help herb hero heron hickory high hill
hinge hippo history hobby hockey hold holiday hollow holly home honest honey hood hoof hook hope horizon horn
horse host hotel hour house hover huddle human humble humor hurdle hurry hydrant hymn iceberg icicle icon idea
idle igloo iguana image imagine impact import improve inch include indigo indoor infant inform inland input
insect inside inspire instant invent invite iris iron island ivory jacket jaguar january jasmine jazz jeans
jelly jersey jewel jigsaw jingle jockey join joke jolly journal journey judge juggle juice july jumbo jump june
jungle junior juniper jupiter jury just karate kayak keen keep kelp kennel kernel kettle kick kilo kilt kind
king kiosk kitchen kite kitten kiwi knee kneel knife knight knit knob knot know koala label lace ladder lady
lagoon lake lamb lamp land lane lantern laptop large lark laser last late laugh laundry laurel lava lawn layer
lazy leader leaf league learn leather leave lecture ledge left legend lemon lend lens lentil leopard lesson
letter lettuce level lever liberty library life lift light like lilac lily limb lime limit line linen lion
liquid list listen little live lizard llama load loaf lobby lobster local lodge logic long look loop lotion
lotus loud lounge love loyal luck luggage lullaby lumber lunar lunch lung lush luxury lynx lyric machine magic
magnet magpie maid mail main major make mallet mammoth manage mango manner manor mansion mantle maple marble
march margin marina mark market maroon marsh mask mason master match math matter maximum meadow meal measure
medal medium meet mellow melody melon melt member memory mentor menu mercury merit merry mesa message metal
meteor meter method middle mild mile milk mill million mimic mind mineral mint minute mirror mist mitten mobile
model modern modest moment monday money monkey monster month mood moon moose morning mosaic moss moth mother
motion motor mouse mouth move movie muffin mule muscle museum music mustard mystery myth name napkin narrow
nation native nature navy near neat nebula neck nectar needle nephew neptune nest nettle never news next nice
nickel niece night nimble nine noble noise nomad noodle noon normal north nose note notice novel number nurse
nutmeg nylon oasis object oboe observe ocean october octopus offer office often olive omelet once onion only
onyx open opera orange orbit orchard orchid order organ origin ostrich other otter ounce outdoor oval oven over
owner oxygen oyster ozone pace pack paddle page pagoda paint pair palace palm pancake panda panel panther papaya
paper parade parcel park parrot parsley part partner party pass pasta paste pastry patch path patient patio
patrol pattern pause peace peach peacock peak peanut pear pearl pebble pecan pedal pelican pencil penguin people
pepper perfect perfume permit person petal phone photo phrase piano pick pickle picnic picture piece pigeon
pillow pilot pine pink pint pioneer pipe pirate pitcher pizza place plain plan planet plank plant plate play
plaza please plenty plow plum plumber plus pocket poem poet point polar police polish polite pond pony pool
poplar poppy popular porch port post potato pottery powder power prairie praise present press pretty price
prince print prism prize problem produce profit program project promise proper proud provide public pudding
puddle puffin pull pulp pulse puma pump pumpkin punch pupil puppet puppy pure purple purpose purse push puzzle
pyramid quail quality quarry quart quartz queen quench quest quick quiet quill quilt quince quite quiz quota
quote rabbit raccoon race radar radio radish raft rail rain rainbow raise raisin rake ranch random range ranger
rapid rare rate raven ravine reach read ready real reason recipe record reef reflect refresh region relax relay
remain remark remedy remind remote rent repair repeat reply report rescue rest result return reveal reward rhyme
rhythm ribbon rice rich riddle ride ridge right ring rinse ripe rise river road roast robe robin robot rock
rocket rodeo role roll romance roof rookie room rooster root rope rose rotate rough round route rover royal
rubber ruby rudder rule rumble rural rush rust rustic sack saddle safari safe saffron sage sail sailor salad
salmon salt salute same sample sand sandal sardine satin sauce sauna save savor scale scallop scarf scene school
science scooter scope score scout scrap screen scroll seal search season seat second secret section seed seek
select sell senate send senior sense series serious serve session seven several shade shadow shake shallow shape
share sharp shave shawl shed sheep sheet shelf shell shelter sheriff shield shift shine ship shirt shoe shop
shore short shovel show shrimp shuttle side sight sign signal silence silent silk silly silver similar simple
since sing single siren sister site size skate sketch skill skin skirt slate sled sleep sleeve slice slide
slipper slope slow small smart smile smoke smooth snack snail snow soap soccer social sock soda sofa soft soil
solar soldier solid solo solve someone song sonnet soon sort sound soup source south space spade spaniel spare
spark sparrow speak special speed spell sphere spice spider spin spiral spirit splash sponge spoon sport spot
spring spruce square squash stable stadium staff stage stair stamp stand star start state station statue stay
steady steam steel stem step stereo stick still sting stitch stock stone stool stop store storm story stove
straw stream street stretch string stripe strong studio study style sudden sugar suit summer summit sunday sunny
sunset super supper supply sure surf surface swallow swamp swan sway sweater sweet swift swim swing switch
symbol syrup system table tablet tail tailor take tale talent talk tall tango tank tape target task taste taxi
teach team teapot tell temple tenant tennis tent term terrace test texture thank theater theme theory thick
thimble thin thing think third thirsty thistle thorn thought thread three thrive throne through thumb thunder
thyme ticket tide tidy tiger tile timber time tiny tissue titan title toad toast today toffee token tomato tone
tongue tonight tool tooth topaz topic torch tornado total touch tour towel tower town track tractor trade
traffic trail train trait transit trap travel tray treat tree trek trend trial tribe trick trip trophy tropic
trout truck true trumpet trunk trust truth tuba tube tuesday tulip tuna tundra tunic tunnel turban turbine
turkey turn turnip turtle tutor twelve twenty twice twig twin twist type uncle under unicorn uniform union
unique unit unlock until upon upper upright upward urban useful usual utensil vacant valid valley value valve
vanilla vapor vase vast vault vector velvet vendor venture verb verse very vessel vest veteran viaduct vibrant
victory video view village vine vintage violet violin virtue visa vision visit visitor vitamin vivid vocal voice
volcano volume vote vowel voyage vulture wade wafer waffle wage wagon waist wait waiter walk wall wallet walnut
walrus waltz wander warm wash wasp watch water wave weather weave wedding week well west whale wheat wheel
whistle white whole wide widget wild willow wind wing winner winter wisdom wise wish wizard wolf wonder wood
wool word work world wrap wreath wren wrist write writer yacht yard yarn year yeast yellow yogurt yolk young
zebra zenith zero zigzag zinc zipper zone
`
	.trim()
	.split(/\s+/);
