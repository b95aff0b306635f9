package dev.lion.run;

import dev.lion.data.Instruction;
import dev.lion.data.ItemOutcome;
import dev.lion.data.Judgement;

/**
 * What the lines of a run's file are.
 *
 * @param <T> the value in a line
 */
public final class RecordType<T> {
    /** The teacher's answers to those of the Train Pool that no earlier iteration holds. */
    public static final RecordType<Answer> ANSWERS = new RecordType<>("answers", new AnswerCodec());

    /** The teacher's answers to instructions of the Cache Pool whose first call had failed. */
    public static final RecordType<Answer> LATE_ANSWERS = new RecordType<>("late-answers", new AnswerCodec());

    /** The student's answers to the Cache Pool. */
    public static final RecordType<Answer> STUDENT_ANSWERS = new RecordType<>("student-answers", new AnswerCodec());

    /** Single verdicts, while discrimination is in progress. */
    public static final RecordType<OrderedVerdict> SINGLE_VERDICTS =
            new RecordType<>("single-verdicts", new VerdictCodec.Ordered());

    /** Both verdicts on each instruction. */
    public static final RecordType<Judgement> VERDICTS = new RecordType<>("verdicts", new VerdictCodec.Both());

    /** The generator's raw answers, while generation is in progress. */
    public static final RecordType<Proposals> PROPOSALS =
            new RecordType<>("proposals", new GenerationCodecs.ProposalsCodec());

    /** What became of batches, while a stage that asks in batches is in progress. */
    public static final RecordType<BatchEntry> BATCHES = new RecordType<>("batches", new BatchCodec());

    /** Accepted instructions. */
    public static final RecordType<Instruction> GENERATED = new RecordType<>("generated", new InstructionCodec());

    /** Rejected instructions. */
    public static final RecordType<Rejection> REJECTED =
            new RecordType<>("rejected", new GenerationCodecs.RejectionCodec());

    /** What became of each item of the evaluation. */
    public static final RecordType<ItemOutcome> EVALUATION = new RecordType<>("evaluation", new OutcomeCodec());

    static final RecordType<Instruction> SEEDS = new RecordType<>("seeds", new InstructionCodec());
    static final RecordType<SpendingEntry> SPENDING = new RecordType<>("spending", new SpendingCodec());
    static final RecordType<StageTime> TIMES = new RecordType<>("times", new StageTimeCodec());

    private final String name;
    private final Codec<T> codec;

    private RecordType(String name, Codec<T> codec) {
        this.name = name;
        this.codec = codec;
    }

    String fileName() {
        return name + ".jsonl";
    }

    Codec<T> codec() {
        return codec;
    }

    @Override
    public String toString() {
        return name;
    }
}
