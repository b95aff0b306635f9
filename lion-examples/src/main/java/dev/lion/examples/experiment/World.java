package dev.lion.examples.experiment;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.data.Demonstration;
import dev.lion.data.Instruction;
import dev.lion.data.InstructionPool;
import dev.lion.evaluation.ExactMatch;
import dev.lion.examples.ScratchStudent;
import dev.lion.examples.puzzle.PuzzleFamily;
import dev.lion.examples.puzzle.PuzzleGenerator;
import dev.lion.examples.puzzle.PuzzleItem;
import dev.lion.examples.puzzle.PuzzleTeacher;
import dev.lion.examples.puzzle.Puzzles;
import dev.lion.student.DjlStudent;
import dev.lion.student.decoding.BatchingConfig;
import dev.lion.student.decoding.DecodingConfig;
import dev.lion.student.prompt.InstructionFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What all arms of one seed have in common: seeds, items, tokenizer, first weights, tokens to train on. */
final class World implements AutoCloseable {
    static final String PUZZLES = "puzzles";
    static final String AS_THE_SEEDS = "as-the-seeds";
    static final String PUBLIC = "bbh";

    private static final int VOCABULARY = 1200;
    private static final int HIDDEN = 96;
    private static final int LAYERS = 3;
    private static final int CONTEXT = 512;
    private static final int BATCH = 16;
    private static final double LEARNING_RATE = 1e-3;
    private static final int MAX_NEW_TOKENS = 48;
    private static final int ROWS = 100;
    private static final InstructionFormat FORMAT = InstructionFormat.plain();

    private final Regime regime;
    private final long seed;
    private final List<Instruction> seeds;
    private final List<ExactMatch.Item> items;
    private final StudentTokenizer tokenizer;
    private final double tokensOfSeed;

    /** For a regime and a seed; the public items are those of the regime's families. */
    World(Regime regime, long seed, int heldOutPerFamily, List<ExactMatch.Item> publicItems) {
        this.regime = regime;
        this.seed = seed;
        seeds = Puzzles.seeds(regime.counts(seed), seed);
        items = new ArrayList<>(heldOut(heldOutPerFamily));
        publicItems.stream()
                .filter(item -> regime.families().contains(item.task()))
                .map(item -> in(PUBLIC, item.task(), item.instruction(), item.target()))
                .forEach(items::add);
        tokenizer = tokenizer();
        tokensOfSeed = seeds.stream()
                .mapToLong(text -> tokens(new Demonstration(text, new PuzzleTeacher().answer(text))))
                .average()
                .orElseThrow();
    }

    private List<ExactMatch.Item> heldOut(int perFamily) {
        List<PuzzleFamily> families = regime.puzzles();
        return Puzzles.heldOut(families, perFamily * families.size(), seed, seeds).stream()
                .sorted(Comparator.comparing(PuzzleItem::family))
                .map(item -> in(PUZZLES, item.family(), item.instruction(), item.target()))
                .toList();
    }

    private static ExactMatch.Item in(String set, String task, Instruction instruction, String target) {
        return new ExactMatch.Item(set + "/" + task, instruction, target);
    }

    private StudentTokenizer tokenizer() {
        var teacher = new PuzzleTeacher();
        return StudentTokenizer.train(
                seeds.stream()
                        .flatMap(text -> Stream.of(
                                FORMAT.prompt(text), teacher.answer(text).text()))
                        .toList(),
                VOCABULARY);
    }

    /** As the training counts them: the last token of an example, which ends it, goes in nowhere. */
    private long tokens(Demonstration demonstration) {
        return (long) tokenizer.encode(FORMAT.prompt(demonstration.instruction())).length
                + tokenizer.encode(demonstration.response().text()).length;
    }

    /** The student before it has learnt anything; the same for every arm. */
    EqualTokens student() throws IOException {
        DjlStudent student = DjlStudent.builder()
                .fromScratch(ScratchStudent.shape(tokenizer, HIDDEN, LAYERS, CONTEXT), tokenizer, seed)
                .promptFormat(FORMAT)
                .training(TrainingConfig.builder()
                        .epochs(1)
                        .learningRate(LEARNING_RATE)
                        .batchSize(BATCH)
                        .betas(0.9, 0.99)
                        .build())
                .decoding(DecodingConfig.greedy(MAX_NEW_TOKENS))
                .batching(BatchingConfig.defaults().withRows(ROWS))
                .build();
        return new EqualTokens(student, this::tokens, this::tokenBudget);
    }

    private long tokenBudget(int iteration) {
        int seen = iteration == 0 ? regime.seeds() * regime.seedEpochs() : regime.generated() * regime.epochs();
        return Math.round(tokensOfSeed * seen);
    }

    InstructionPool seeds() {
        return InstructionPool.of(seeds);
    }

    ExactMatch evaluation() {
        return ExactMatch.on(items);
    }

    /** Writes no text that is asked in the evaluation. */
    PuzzleGenerator generator() {
        return new PuzzleGenerator(
                Puzzles.texts(items.stream().map(ExactMatch.Item::instruction).toList()));
    }

    /** For a run's manifest. */
    Map<String, String> settings() {
        return Map.of(
                "experiment.regime", regime.toString(),
                "experiment.items", items.size() + " items, " + fingerprint(),
                "experiment.student", studentInWords());
    }

    private String fingerprint() {
        Hasher hasher = Hashing.sha256().newHasher();
        items.forEach(item -> hasher.putString(item.task(), StandardCharsets.UTF_8)
                .putString(item.instruction().id(), StandardCharsets.UTF_8)
                .putString(item.target(), StandardCharsets.UTF_8));
        return hasher.hash().toString().substring(0, 16);
    }

    static String studentInWords() {
        return HIDDEN + " wide, " + LAYERS + " layers, random weights, " + VOCABULARY + " tokens; rate " + LEARNING_RATE
                + " with a cosine, " + BATCH + " examples a step";
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
