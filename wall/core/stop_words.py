"""Words that say nothing by themselves, in the languages most posts are written in, and those of every conference.

Written down for this wall: articles, pronouns, prepositions, auxiliaries, and what people say of any talk. Words that
are common in an event without standing here are found by the day before (trends.py).
"""

from wall.core.finding import folded

BY_LANGUAGE = {
    "en": """
        a about above after again all almost already also although always am an and another any anyone anything
        are around as at away back be because been before being below best better between both but by came can
        can't cannot come comes could couldn't did didn't do does doesn't doing don't done down during each either
        else enough even ever every everyone everything few first for from get gets getting give go goes going
        gone good got had hadn't has hasn't have haven't having he her here hers him his how however i i'd i'll
        i'm i've if in into is isn't it it's its itself just keep know last least less let like little long look
        looking lot lots made make makes making many may maybe me might mine more most much must my myself need
        never new next no nobody none nor not nothing now of off often oh ok okay old on once one ones only or
        other others our ours out over own people per perhaps please put quite rather really right said same saw
        say says see seems seen she should shouldn't since so some someone something sometimes soon still such
        sure take takes tell than that that's the their theirs them then there there's these they they're thing
        things think this those though three through time to today together tomorrow tonight too took two under
        until up upon us use used using very via want wants was wasn't way we we'll we're we've well went were
        weren't what what's when where whether which while who whole whose why will with within without won't
        would wouldn't yes yesterday yet you you'll you're you've your yours
    """,
    "conference": """
        amazing audience awesome conference congrats congratulations cool event excellent excited fantastic fun
        great happy hello hey hi interesting love loved morning nice panel presentation question questions room
        session slide slides speaker speakers stage super talk talking talks thank thanks thx wonderful wow yay
        amp rt gt lt
    """,
    "de": """
        aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da
        dabei dafür damit dann das dass dein deine dem den denn der des deshalb die dies diese diesem diesen
        dieser dieses doch dort du durch ein eine einem einen einer eines einfach er es etwas euch euer für ganz
        gar geht gerade gern gibt gut gute guten habe haben hat hatte hatten heute hier hin ich ihm ihn ihnen ihr
        ihre im immer in ins ist ja jede jeder jetzt kann kein keine können könnte leider macht machen mal man
        mehr mein meine mich mir mit morgen muss müssen nach nicht nichts noch nun nur ob oder ohne schon sehr
        sein seine seit selbst sich sie sind so soll sollte sondern tolle toll über um und uns unser unsere unter
        viel viele vielen vom von vor war waren warum was weil wenn wer werden wie wieder will wir wird wo wollen
        wurde wurden würde zu zum zur zwischen danke vortrag
    """,
    "fr": """
        à afin ai aie ainsi alors après as au aucun aussi autre autres aux avait avant avec avez avoir avons
        beaucoup bien bon bonne ça car ce ceci cela celle celui ces cet cette ceux chaque chez comme comment dans
        de depuis des deux dire dit doit donc dont du elle elles en encore entre es est et était étaient été être
        eu fait faire fois font ici il ils j'ai je jour jusqu'à la là le les leur leurs lors lui ma mais me même
        merci mes moi moins mon ne ni non nos notre nous on ont ou où par parce pas peu peut plus pour pourquoi
        quand que quel quelle quelles quels qui quoi sa sans se sera ses si son sont sous sur ta te tes toi ton
        toujours tous tout toute toutes très trop tu un une va vers voilà vos votre vous y c'est d'un d'une n'est
        qu'il qu'on aujourd'hui bravo conférence
    """,
    "es": """
        a al algo algunas algunos ante antes aquí así aunque bien bueno cada casi como cómo con cosa cual cuando
        de del desde donde dos e el él ella ellas ellos en entre era es esa ese eso esta está están estas este
        esto estos estoy fue gracias ha hace hacer hacia han hasta hay hoy la las le les lo los más me mejor mi
        mientras mis mucho muchas muchos muy nada ni no nos nosotros nuestra nuestro nunca o os otra otro otros
        para pero poco por porque pues que qué quien quién se sea ser si sí sido sin sobre solo sólo son soy su
        sus también tan tanto te tener tiene tienen todo toda todas todos tu tú tus un una uno unos va vamos ver y
        ya yo charla gran
    """,
    "it": """
        a abbiamo ad agli ai al alla alle allo anche ancora avere bene c'è che chi ci ciò come con cosa così da
        dai dal dalla dalle degli dei del della delle dello di dopo dove e è ed era essere fa fare fino fra già
        gli grazie ha hai hanno ho i il in io l'ho la le lei lo loro lui ma me mi mia mio molto ne nei nel nella
        nelle noi non nostra nostro o ogni oggi per perché più poi prima proprio qual quale quando quanto quella
        quelle quelli quello questa queste questi questo qui sa se sei senza si sì sia siamo solo sono sta stato
        su sua sul sulla suo te tra troppo tu tua tutta tutte tutti tutto un un'altra una uno va vi voi
    """,
    "pt": """
        a ainda algo alguém ali antes ao aos aqui as assim até bem bom boa cada com como da das de dela dele
        depois do dos e é ela elas ele eles em entre era essa esse esta está estão este eu faz fazer foi foram há
        hoje isso isto já lá lhe mais mas me mesmo meu minha muito muita muitos na nada não nas nem no nos nós
        nossa nosso num numa o obrigada obrigado onde os ou outra outro para pela pelo pode por porque pra quando
        que quem se sem sempre ser seu seus só sobre sua suas também te tem têm ter todo toda todos tudo um uma
        vai você vocês
    """,
    "nl": """
        aan al alle alleen als altijd andere ben bij daar dan dat de deze die dit doen door dus een en er gaat
        geen goed had hebben heb heeft heel hem het hier hij hoe hun iets ik in is ja je jij jullie kan kunnen
        maar me meer men met mij mijn moet na naar niet niets nog nu of om omdat onder ons onze ook op over te
        toch tot uit van vandaag veel voor waar wat we weer wel welke werd wie wij wil worden wordt zal ze zeer
        zich zij zijn zo zonder zou bedankt
    """,
    "pl": """
        a aby ale bardzo bez bo by był była było być chce ci co czy dla do dobrze dziś dzisiaj go i ich ile im
        innych ja jak jako je jego jej jest jestem jeszcze już każdy kiedy kto który która które lub ma mają mam
        może mnie mi mój na nad nam nas nasz nawet nic nich nie niż no o od on ona oni ono oraz po pod przed przez
        przy są się sobie swoje ta tak także tam te tego tej ten też to tu tutaj ty tych tylko tym u w we więc
        wszystko wszyscy wy z za ze że dziękuję
    """,
    "nordic": """
        alla alle allt alt att av bara blir bli de dem den denna denne dere deres det detta dette dig din du där
        då efter eller en er et ett fick for fra från för få får ganska går ha hade han har hatt hej her hon hos
        hur hva hvad hvis hvor hvordan här i idag ikke ikkje inte ja jag jeg kan kun kunde man mange med meget men
        mer mere mig min mitt mot mycket må måste mye nej nei ni nok noe noen nogle nu nå når något några och og
        også om op opp oss på sig sin sitt ska skal skulle som så sådan takk tack tak til till under upp ut var
        ved vi vil vill være varit vara väldigt är över
    """,
    "fi": """
        ei ettei että hyvin he hän ihan ja jo joka jos kaikki kanssa kiitos kuin kun me mikä minä mitä mutta myös
        ne niin nyt oli olla olen on ovat se sen sitä tai tämä tässä tänään vain vielä
    """,
    "tr": """
        ama ben bir biz bu bugün çok da daha de değil diye en gibi hem her için ile ise kadar ki mi mu mı ne o
        olan olarak oldu sen siz sonra şey şu ve var veya ya yok teşekkürler
    """,
    "ru": """
        а без был была были было быть в вам вас весь во вот все всё всех вы где да даже для до его ее её если есть
        еще ещё же за здесь и из или им их к как когда кто ли лучше мы мне много может можно мой моя на над надо
        нам нас не него нее нет ни но ну о об один он она они оно от очень по под после потом потому при про раз с
        сам свой себя сегодня сейчас со спасибо так также такой там то тоже только тот ты у уже хорошо чего чем
        что чтобы это этого этой этом этот эта эти я
    """,
    "uk": """
        а або але б без би був була були було в вже ви від він вона вони все всі де для до є з за й його її як
        який коли ми на не ні ну о по про сьогодні так та там те ти тільки то у це цей ця чи що щоб я дякую
    """,
    "el": """
        αλλά αν από αυτά αυτή αυτό αυτός για δε δεν είναι εμείς ένα ένας εδώ ή ήταν η θα και κι μα μας με μέσα μη
        μην μια μου να ο οι όλα όλοι όταν όπως ότι πολύ που πως σας σε στα στη στην στις στο στον στους σου τα της
        τη την τι τις το του τους των τώρα χωρίς ευχαριστώ
    """,
    "ar": """
        في من على إلى عن مع هذا هذه ذلك التي الذي الذين أن إن كان كانت لا ما لم لن قد كل هو هي هم نحن أنا أنت يا
        ثم أو أي بعد قبل عند حتى إذا كما لقد بين شكرا اليوم جدا
    """,
    "he": """
        את של על עם זה זאת זו הוא היא הם הן אני אתה אנחנו לא כן גם רק כל אם או אבל כי יש אין היה היתה להיות מה מי
        איך איפה למה כמו יותר מאוד עוד היום תודה
    """,
    "hi": """
        और का की के को में है हैं से पर यह वह ये वे एक भी नहीं तो ने कि था थी थे हो कर इस उस लिए साथ बहुत आज जो अब
        सब कुछ क्या मैं हम आप धन्यवाद
    """,
    "ja": """
        です ます した して する いる ある これ それ この その から まで ので でも とても ありがとう
        ありがとうございます
    """,
    "zh": """
        的 了 是 在 我 你 他 她 我们 你们 他们 这 那 这个 那个 和 也 都 不 很 有 就 人 今天 谢谢
    """,
}

STOP_WORDS = frozenset(folded(word) for words in BY_LANGUAGE.values() for word in words.split())
