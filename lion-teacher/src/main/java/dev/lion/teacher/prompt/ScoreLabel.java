package dev.lion.teacher.prompt;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The words of a score's label, such as {@code Score of answer 1}, in the languages that models answer in. The words of one
 * label are of one language, as {@code note} is a score in French and none in English.
 */
final class ScoreLabel {
    /** Not inside a word; {@code \b} means something else on each Java. */
    private static final String END = "(?![\\p{L}\\p{N}])";

    private static final String ANSWER = "(?:answer|response|assistant|reply)";
    private static final String WHICH = "#?\\s{0,2}(?<%s>[12])(?!\\.?\\d)";
    private static final String ORDINAL = "(?<%s>first|second)";
    private static final String SCORE = "(?:the\\s{1,2})?(?:final\\s{1,2}|overall\\s{1,2})?(?:score|rating)";

    /** German, French, Spanish, Portuguese, Italian, Dutch, Russian: the words for score, those between, and for answer. */
    private static final List<List<String>> LANGUAGES = List.of(
            List.of("bewertung|punktzahl|note", "der|für|von|die", "antwort"),
            List.of("note|score", "de|la|pour", "réponse"),
            List.of("puntuación|calificación|nota", "de|la|para", "respuesta"),
            List.of("pontuação|avaliação|nota", "da|para|a", "resposta"),
            List.of("punteggio|voto|valutazione", "della|per|la", "risposta"),
            List.of("score|beoordeling", "van|voor|het", "antwoord"),
            List.of("оценка|балл", "за|для", "ответ|ответа"));

    private static final String ELSEWHERE = LANGUAGES.stream()
            .map(words ->
                    "(?:%s)\\s{1,2}(?:(?:%s)\\s{1,2}){0,2}(?:%s)".formatted(words.get(0), words.get(1), words.get(2)))
            .collect(Collectors.joining("|", "(?:", ")"));

    private static final String ELSEWHERE_ANSWER = "(?:antwort|antwoord|réponse|respuesta|resposta|risposta|ответ)";

    /** Languages that are written without spaces: {@code 答案1的评分}, {@code 回答1のスコア}, {@code 답변 1의 점수}. */
    private static final String EAST_ANSWER = "(?:答案|回答|回复|答复|답변|응답)";

    private static final String EAST_SCORE = "(?:最终|最終)?(?:得分|评分|評分|分数|分數|点数|スコア|評価|점수|평점)";

    /** A label that says that a score follows. */
    private static final String EXPLICIT = "(?:" + SCORE + "\\s{0,2}(?:(?:of|for)\\s{1,2})?(?:the\\s{1,2})?(?:(?:"
            + ANSWER
            + "\\s{0,2})?" + WHICH.formatted("a") + "|" + ORDINAL.formatted("b") + "\\s{1,2}" + ANSWER + ")"
            + "|" + ANSWER + "\\s{0,2}" + WHICH.formatted("c") + "(?:['’]s)?\\s{0,2}" + SCORE
            + "|" + ORDINAL.formatted("d") + "\\s{1,2}" + ANSWER + "(?:['’]s)?\\s{0,2}" + SCORE
            + "|" + ELSEWHERE + "\\s{0,2}" + WHICH.formatted("e")
            + "|" + EAST_ANSWER + "\\s{0,2}" + WHICH.formatted("f") + "\\s{0,2}[的の의]?\\s{0,2}" + EAST_SCORE + ")" + END;

    /** A label that may as well head a paragraph of evidence, such as {@code Answer 1}. */
    private static final String BARE = "(?:(?:" + ANSWER + "|" + ELSEWHERE_ANSWER + "|" + EAST_ANSWER + ")\\s{0,2}"
            + WHICH.formatted("g") + "|" + ORDINAL.formatted("h") + "\\s{1,2}" + ANSWER + ")" + END;

    /** Either, the first in the group {@code explicit}; which answer is meant is in one of {@link #GROUPS}. */
    static final String PATTERN = "(?:(?<explicit>" + EXPLICIT + ")|" + BARE + ")";

    static final List<String> GROUPS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private ScoreLabel() {}
}
