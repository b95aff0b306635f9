package dev.lion.evaluation;

import dev.lion.data.Instruction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads items in the format of AGIEval's English multiple-choice tasks (paper, section 4): a file of JSON Lines for each
 * task, named after it, with {@code passage} (or null), {@code question}, {@code options} such as {@code (A)three} and the
 * right one's letter in {@code label}. The letters in the options are not checked, as some of the benchmark's own are out of order. The student is asked with the benchmark's own zero-shot prompt. Stateless; any thread.
 *
 * <p>The paper's eight tasks are aqua-rat, logiqa-en, lsat-ar, lsat-lr, lsat-rc, sat-en, sat-en-without-passage and sat-math.
 */
public final class AgiEval {
    private static final String SUFFIX = ".jsonl";
    private static final int MOST_OPTIONS = 26;

    private AgiEval() {}

    /**
     * The items of a task's file or of a folder's {@code .jsonl} files, in the order of their names.
     *
     * @throws EvaluationFileException when there is none, or one of them is not as expected
     */
    public static List<BenchmarkItem> questions(Path path) {
        return TaskFiles.of(path, SUFFIX).stream()
                .flatMap(file -> task(file).stream())
                .toList();
    }

    private static List<BenchmarkItem> task(Path file) {
        List<BenchmarkItem> items = new ArrayList<>();
        for (Entry entry : Entry.readLines(file)) {
            items.add(item(TaskFiles.task(file, SUFFIX), entry));
        }
        if (items.isEmpty()) {
            throw new EvaluationFileException(file + ": holds no item");
        }
        return items;
    }

    private static BenchmarkItem item(String task, Entry entry) {
        List<String> options = entry.texts("options");
        if (options.size() < 2 || options.size() > MOST_OPTIONS) {
            throw entry.fault("options", "expected from 2 to " + MOST_OPTIONS + " options, found " + options.size());
        }
        List<String> letters = IntStream.range(0, options.size())
                .mapToObj(i -> Character.toString('A' + i))
                .toList();
        String label = entry.text("label").strip();
        if (!letters.contains(label)) {
            throw entry.fault("label", "expected one of " + letters + ", found \"" + label + "\"");
        }
        return new BenchmarkItem(task, Instruction.of(prompt(entry, options)), AnswerRule.firstLetter(letters), label);
    }

    private static String prompt(Entry entry, List<String> options) {
        return entry.textOrNothing("passage") + "Q: " + entry.text("question") + " Answer Choices: "
                + String.join(" ", options) + "\nA: Among A through "
                + Character.toString('A' + options.size() - 1) + ", the answer is";
    }
}
