package dev.lion.student;

import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.CheckpointFolder;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.ModelDescription;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;

/** What is saved and restored of a student: decoder, weights, tokenizer, special tokens, prompt format. */
final class StudentModel implements AutoCloseable {
    private final DecoderModel model;
    private final StudentTokenizer tokenizer;
    private final boolean ownsTokenizer;
    private final ModelDescription description;
    private final PromptFormat format;

    private StudentModel(
            DecoderModel model,
            StudentTokenizer tokenizer,
            boolean ownsTokenizer,
            ModelDescription description,
            PromptFormat format) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.ownsTokenizer = ownsTokenizer;
        this.description = description;
        this.format = format;
    }

    /** Random weights; the tokenizer stays its caller's. */
    static StudentModel fromScratch(DecoderConfig shape, StudentTokenizer tokenizer, long seed, StudentConfig config) {
        if (tokenizer.vocabSize() > shape.vocabSize()) {
            throw new IllegalArgumentException("the tokenizer has " + tokenizer.vocabSize()
                    + " tokens, the decoder only vocab_size " + shape.vocabSize() + "; make the latter as large");
        }
        Decoder decoder = Decoder.open(shape, config.precision().usesBfloat16());
        return new StudentModel(
                DecoderModel.full(decoder, Parameters.random(decoder, seed)),
                tokenizer,
                false,
                ModelDescription.of(shape, SpecialTokenIds.of(tokenizer.eosId(), tokenizer.padId())),
                config.promptFormat().orElseGet(PromptFormat::alpaca));
    }

    /** What a Hugging Face folder holds. */
    static StudentModel read(Path folder, StudentConfig config) throws IOException {
        var checkpoint = CheckpointFolder.open(folder);
        var saved = PromptFormat.read(folder);
        var format = config.promptFormat().or(() -> saved).orElseGet(PromptFormat::alpaca);
        var tokenizer = StudentTokenizer.read(folder);
        requireRoomFor(tokenizer, checkpoint.config(), folder);
        Decoder decoder = Decoder.open(checkpoint.config(), config.precision().usesBfloat16());
        try {
            var weights = Parameters.zeros(decoder);
            for (String name : weights.names()) {
                checkpoint.readInto(name, weights.bytes(name).asFloatBuffer());
            }
            return new StudentModel(
                    DecoderModel.full(decoder, weights), tokenizer, true, checkpoint.description(), format);
        } catch (IOException | RuntimeException e) {
            decoder.close();
            tokenizer.close();
            throw e;
        }
    }

    private static void requireRoomFor(StudentTokenizer tokenizer, DecoderConfig shape, Path folder) {
        int tokens = tokenizer.vocabSize();
        if (tokens > shape.vocabSize()) {
            tokenizer.close();
            throw new CheckpointException(folder + ": tokenizer.json has token ids up to " + (tokens - 1)
                    + ", but config.json's vocab_size is only " + shape.vocabSize()
                    + "; give the tokenizer that the weights were trained with");
        }
    }

    /** Writes a Hugging Face folder into an empty directory. */
    void write(Path folder) throws IOException {
        CheckpointFolder.write(
                folder,
                description,
                CheckpointFormat.ofType(StoredType.F32),
                (name, chunks) -> model.read(name, chunks::accept));
        tokenizer.writeTo(folder, decoder().config().maxPositionEmbeddings());
        format.writeTo(folder);
    }

    Decoder decoder() {
        return model.decoder();
    }

    DecoderModel weights() {
        return model;
    }

    StudentTokenizer tokenizer() {
        return tokenizer;
    }

    PromptFormat format() {
        return format;
    }

    /** The token that an answer is trained to end with. */
    int end() {
        return description.specialTokens().eos().isEmpty()
                ? tokenizer.eosId()
                : description.specialTokens().eos().get(0);
    }

    /** The tokens that end an answer when the student writes them. */
    Set<Integer> ends() {
        return description.specialTokens().eos().isEmpty()
                ? Set.of(tokenizer.eosId())
                : Set.copyOf(description.specialTokens().eos());
    }

    /** The tokens of a prompt, after the token that begins a text where the model has one of its own for that. */
    int[] encodePrompt(String prompt) {
        var tokens = IntStream.of(tokenizer.encode(prompt));
        var begin = description.specialTokens().bos().stream().filter(bos -> !ends().contains(bos));
        return IntStream.concat(begin, tokens).toArray();
    }

    @Override
    public void close() {
        model.close();
        decoder().close();
        if (ownsTokenizer) {
            tokenizer.close();
        }
    }
}
