package dev.lion.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lion.data.Instruction;
import dev.lion.evaluation.AnswerRule.FirstLetter;
import dev.lion.evaluation.AnswerRule.FirstWord;
import dev.lion.evaluation.AnswerRule.WholeText;
import dev.lion.fixture.RealData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionReadersTest {
    @TempDir
    private Path temp;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    private AnswerRule rule(String input, String target) throws IOException {
        Path task =
                file("task.json", "{\"examples\": [{\"input\": \"" + input + "\", \"target\": \"" + target + "\"}]}");
        return BigBenchHard.questions(task).get(0).rule();
    }

    @Test
    void bigBenchHard_formsOfItems_haveTheirRules() throws IOException {
        assertThat(rule("Which?\\nOptions:\\n(A) one\\n(B) two", "(B)"))
                .isEqualTo(AnswerRule.firstLetter(List.of("(A)", "(B)")));
        assertThat(rule("Is it?\\nOptions:\\n- valid \\n- invalid", "invalid"))
                .isEqualTo(AnswerRule.firstWord(List.of("valid", "invalid")));
        assertThat(rule("True and False is", "False")).isEqualTo(AnswerRule.firstWord(List.of("True", "False")));
        assertThat(rule("Is this plausible?", "yes")).isEqualTo(AnswerRule.firstWord(List.of("yes", "no")));
        assertThat(rule("Sort: b a", "a b")).isEqualTo(AnswerRule.wholeText());
        assertThat(rule("A film?\\nOptions:\\n(A) Monsters\\n(B) Up", "Monsters"))
                .isEqualTo(AnswerRule.wholeText());
    }

    @Test
    void bigBenchHard_realTasks_haveTheRulesOfTheirTasks() {
        List<BenchmarkItem> items = BigBenchHard.questions(RealData.require("bbh-sample"));
        assertThat(items).hasSize(27 * 25);
        assertThat(tasksOf(items, WholeText.class))
                .containsExactly("dyck_languages", "multistep_arithmetic_two", "object_counting", "word_sorting");
        assertThat(tasksOf(items, FirstWord.class))
                .containsExactly(
                        "boolean_expressions",
                        "causal_judgement",
                        "formal_fallacies",
                        "navigate",
                        "sports_understanding",
                        "web_of_lies");
        assertThat(tasksOf(items, FirstLetter.class)).hasSize(17);
        assertThat(items).allMatch(item -> item.isRight(item.target()));
    }

    private static Set<String> tasksOf(List<BenchmarkItem> items, Class<? extends AnswerRule> rule) {
        return items.stream()
                .filter(item -> rule.isInstance(item.rule()))
                .map(BenchmarkItem::task)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void agiEval_item_isAskedAsTheBenchmarkAsks() throws IOException {
        Path task = file("sat.jsonl", """
                {"passage": "Two trains.", "question": "How many?", "options": ["(A)one", "(B)two"], "label": "B"}

                {"passage": null, "question": "1+1?", "options": ["(A)2", "(B)3", "(C)4"], "label": "A", "other": {}}
                """);
        assertThat(AgiEval.questions(task))
                .containsExactly(
                        new BenchmarkItem(
                                "sat",
                                Instruction.of("Two trains.Q: How many? Answer Choices: (A)one (B)two\n"
                                        + "A: Among A through B, the answer is"),
                                AnswerRule.firstLetter(List.of("A", "B")),
                                "B"),
                        new BenchmarkItem(
                                "sat",
                                Instruction.of("Q: 1+1? Answer Choices: (A)2 (B)3 (C)4\n"
                                        + "A: Among A through C, the answer is"),
                                AnswerRule.firstLetter(List.of("A", "B", "C")),
                                "A"));
    }

    @Test
    void agiEval_realTasks_areAllRead() {
        Map<String, Long> counts = new TreeMap<>(AgiEval.questions(RealData.require("agieval-sample")).stream()
                .collect(Collectors.groupingBy(BenchmarkItem::task, Collectors.counting())));
        assertThat(counts)
                .hasSize(8)
                .containsKeys("aqua-rat", "sat-en-without-passage")
                .allSatisfy((task, count) -> assertThat(count).isEqualTo(20));
    }

    @Test
    void agiEval_faultyLine_namesFileLineAndField() throws IOException {
        assertFault(
                "{\"question\": \"?\", \"options\": [\"(A)1\", \"(B)2\"]}",
                "field \"label\": expected text, found nothing");
        assertFault(
                "{\"question\": \"?\", \"options\": [\"(A)1\", \"(B)2\"], \"label\": \"C\"}",
                "field \"label\": expected one of [A, B], found \"C\"");
        assertFault(
                "{\"question\": \"?\", \"options\": [\"(A)1\"], \"label\": \"A\"}",
                "field \"options\": expected from 2");
        assertFault("{\"options\": [\"(A)1\", \"(B)2\"], \"label\": \"A\"}", "field \"question\": expected text");
        assertFault(
                "{\"passage\": 3, \"question\": \"?\", \"options\": [\"(A)1\", \"(B)2\"], \"label\": \"A\"}",
                "field \"passage\": expected text, found 3");
        assertFault("[1]", "expected a JSON object, found [1]");
        assertFault("{} {}", "is not JSON");
    }

    private void assertFault(String line, String fault) throws IOException {
        Path faulty = file("faulty.jsonl", "\n" + line + "\n");
        assertThatThrownBy(() -> AgiEval.questions(faulty))
                .isInstanceOf(EvaluationFileException.class)
                .hasMessageStartingWith(faulty + ": line 2: " + fault);
    }

    @Test
    void questions_unreadableFiles_saySo() throws IOException {
        Path latin = Files.write(
                temp.resolve("latin.json"), "{\"examples\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> BigBenchHard.questions(latin)).hasMessageContaining("bytes that are not UTF-8");
        assertThatThrownBy(() -> AgiEval.questions(latin))
                .hasMessageContaining("line 1: holds bytes that are not UTF-8");
        assertThatThrownBy(() -> AgiEval.questions(temp)).hasMessageContaining("holds no .jsonl file");
        assertThatThrownBy(() -> AgiEval.questions(file("empty.jsonl", ""))).hasMessageContaining("holds no item");
        assertThatThrownBy(() -> AgiEval.questions(temp.resolve("none.jsonl"))).hasMessageContaining("does not exist");
    }

    @Test
    void vicuna_questions_haveIdAndCategory() throws IOException {
        Path questions = file("q.jsonl", """
                {"question_id": 7, "category": "math", "turns": ["1+1?", "Sure?"]}
                {"text": "Why?"}
                """);
        assertThat(VicunaQuestions.questions(questions))
                .containsExactly(
                        new OpenQuestion("7", "math", Instruction.of("1+1?")),
                        new OpenQuestion("2", "all", Instruction.of("Why?")));
        Path twice =
                file("twice.jsonl", "{\"question_id\": 7, \"text\": \"a\"}\n{\"question_id\": \"7\", \"text\": \"b\"}");
        assertThatThrownBy(() -> VicunaQuestions.questions(twice))
                .hasMessageContaining("line 2: field \"question_id\": an earlier question has the id 7 too");
    }

    @Test
    void vicuna_real80_haveNineCategories() {
        List<OpenQuestion> questions = VicunaQuestions.questions(RealData.require("vicuna-80.jsonl"));
        assertThat(questions).hasSize(80);
        assertThat(questions.stream().map(OpenQuestion::category).distinct()).hasSize(9);
    }

    @Test
    void readers_filesThatAreNotAsExpected_nameFileAndEntry() throws IOException {
        Path number = file("number.json", "{\"examples\": " + "7".repeat(5000) + "}");
        Path nested = file("nested.json", "[".repeat(200_000));
        Path trailing = file("trailing.json", "{\"examples\": [{\"input\": \"a\", \"target\": \"b\"}]} more");
        Path twice = file(
                "twice.json",
                "{\"examples\": [{\"input\": \"Is it?\\n- Yes\\n- yes\", \"target\": \"Yes\"},"
                        + " {\"input\": \"And?\", \"target\": \"no idea\"}]}");
        Path missing = temp.resolve("missing.json");
        for (Path broken : List.of(number, nested, trailing)) {
            refused(() -> BigBenchHard.questions(broken), broken + ": ", "is not JSON");
        }
        refused(() -> BigBenchHard.questions(twice), twice + ": entry 1: ", "two different choices");
        refused(() -> BigBenchHard.questions(missing), missing + ": does not exist");
        refused(() -> AgiEval.questions(missing), missing + ": does not exist");
        refused(() -> OutcomeFile.read(temp), temp + ": is a directory, not a file");
        Path half = file("half.jsonl", "{\"question_id\": \"a\\ud800\", \"text\": \"q\"}");
        refused(() -> VicunaQuestions.questions(half), half + ": line 1: field \"question_id\": holds half");
        Path category = file("category.jsonl", "{\"category\": \"\\udc00\", \"text\": \"q\"}");
        refused(() -> VicunaQuestions.questions(category), category + ": line 1: field \"category\": holds half");
    }

    private static void refused(ThrowingCallable reading, String... said) {
        assertThatThrownBy(reading)
                .isInstanceOf(EvaluationFileException.class)
                .message()
                .contains(said)
                .doesNotContain("Exception");
    }

    @Test
    void bigBenchHard_byteOrderMark_isSkipped() throws IOException {
        Path marked = file("marked.json", "\uFEFF{\"examples\": [{\"input\": \"a\", \"target\": \"b\"}]}");
        assertThat(BigBenchHard.questions(marked)).hasSize(1);
    }
}
