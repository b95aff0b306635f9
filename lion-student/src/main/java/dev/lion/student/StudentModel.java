package dev.lion.student;

import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.CheckpointFolder;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.prompt.PromptEncoder;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Path;

/** What is saved and restored of a student: decoder, weights, tokenizer, special tokens, prompt format. */
final class StudentModel implements AutoCloseable {
    private final Decoder decoder;
    private final Parameters weights;
    private final StudentTokenizer tokenizer;
    private final boolean ownsTokenizer;
    private final SpecialTokenIds specialTokens;
    private final PromptFormat format;
    private final PromptEncoder encoder;

    private StudentModel(
            Decoder decoder,
            Parameters weights,
            StudentTokenizer tokenizer,
            boolean ownsTokenizer,
            SpecialTokenIds specialTokens,
            PromptFormat format) {
        this.decoder = decoder;
        this.weights = weights;
        this.tokenizer = tokenizer;
        this.ownsTokenizer = ownsTokenizer;
        this.specialTokens = specialTokens;
        this.format = format;
        this.encoder = new PromptEncoder(tokenizer, specialTokens, format);
    }

    /** Random weights; the tokenizer stays its caller's. */
    static StudentModel fromScratch(DecoderConfig shape, StudentTokenizer tokenizer, long seed, StudentConfig config) {
        if (tokenizer.vocabSize() > shape.vocabSize()) {
            throw new IllegalArgumentException("the tokenizer has " + tokenizer.vocabSize()
                    + " tokens, the decoder only vocab_size " + shape.vocabSize() + "; make the latter as large");
        }
        Decoder decoder = Decoder.open(shape, config.precision().usesBfloat16());
        return new StudentModel(
                decoder,
                Parameters.random(decoder, seed),
                tokenizer,
                false,
                SpecialTokenIds.of(tokenizer.eosId(), tokenizer.padId()),
                config.promptFormat().orElseGet(PromptFormat::alpaca));
    }

    /** What a Hugging Face folder holds. */
    static StudentModel read(Path folder, StudentConfig config) throws IOException {
        var checkpoint = CheckpointFolder.open(folder);
        var saved = PromptFormat.read(folder);
        var format = config.promptFormat().or(() -> saved).orElseGet(PromptFormat::alpaca);
        var tokenizer = StudentTokenizer.read(folder);
        requireFitting(tokenizer, checkpoint);
        Decoder decoder = Decoder.open(checkpoint.config(), config.precision().usesBfloat16());
        try {
            var weights = Parameters.zeros(decoder);
            for (String name : weights.names()) {
                weights.bytes(name).asFloatBuffer().put(checkpoint.floats(name));
            }
            return new StudentModel(decoder, weights, tokenizer, true, checkpoint.specialTokens(), format);
        } catch (IOException | RuntimeException e) {
            decoder.close();
            tokenizer.close();
            throw e;
        }
    }

    private static void requireFitting(StudentTokenizer tokenizer, CheckpointFolder checkpoint) {
        var faults = tokenizer.faultsFor(checkpoint.config().vocabSize(), checkpoint.specialTokens());
        if (!faults.isEmpty()) {
            tokenizer.close();
            throw new CheckpointException(checkpoint.path() + ": " + String.join("; ", faults)
                    + "; give the tokenizer that the weights were trained with");
        }
    }

    /** Writes a Hugging Face folder into an empty directory. */
    void write(Path folder) throws IOException {
        CheckpointFolder.write(
                folder,
                decoder.config(),
                specialTokens,
                name -> weights.bytes(name).asFloatBuffer());
        tokenizer.writeTo(folder, decoder.config().maxPositionEmbeddings());
        format.writeTo(folder);
    }

    Decoder decoder() {
        return decoder;
    }

    Parameters weights() {
        return weights;
    }

    StudentTokenizer tokenizer() {
        return tokenizer;
    }

    PromptFormat format() {
        return format;
    }

    /** What turns instructions and answers into tokens. */
    PromptEncoder encoder() {
        return encoder;
    }

    @Override
    public void close() {
        decoder.close();
        if (ownsTokenizer) {
            tokenizer.close();
        }
    }
}
