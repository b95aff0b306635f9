package dev.lion.student;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.lion.student.checkpoint.AdapterDescription;
import dev.lion.student.checkpoint.AdapterFolder;
import dev.lion.student.checkpoint.CheckpointException;
import dev.lion.student.checkpoint.CheckpointFolder;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.ModelDescription;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.BaseWeights;
import dev.lion.student.decoder.Decoder;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.DecoderModel;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.Parameters;
import dev.lion.student.decoder.WeightType;
import dev.lion.student.prompt.PromptEncoder;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** What is saved and restored of a student: decoder, weights or adapter, tokenizer, special tokens, prompt format. */
final class StudentModel implements AutoCloseable {
    private static final String TOKENIZER = "tokenizer.json";

    /** The matrices of a new adapter are the same for the same shape. */
    private static final long ADAPTER_SEED = 0;

    /** Of no weights beside those that are trained. */
    private static final HashCode NO_BASE = Hashing.crc32c().hashInt(0);

    private final DecoderModel model;
    private final Optional<Adapted> adapted;
    private final HashCode baseChecksum;
    private final StudentTokenizer tokenizer;
    private final boolean ownsTokenizer;
    private final ModelDescription description;
    private final PromptFormat format;
    private final PromptEncoder encoder;

    /** An adapter's shape, and the folder of the model that it belongs to. */
    private record Adapted(LoraConfig lora, Path base) {}

    private StudentModel(
            DecoderModel model,
            Optional<Adapted> adapted,
            HashCode baseChecksum,
            StudentTokenizer tokenizer,
            boolean ownsTokenizer,
            ModelDescription description,
            PromptFormat format,
            PromptEncoder encoder) {
        this.model = model;
        this.adapted = adapted;
        this.baseChecksum = baseChecksum;
        this.tokenizer = tokenizer;
        this.ownsTokenizer = ownsTokenizer;
        this.description = description;
        this.format = format;
        this.encoder = encoder;
    }

    /** Random weights; the tokenizer stays its caller's. */
    static StudentModel fromScratch(DecoderConfig shape, StudentTokenizer tokenizer, long seed, StudentConfig config) {
        if (tokenizer.vocabSize() > shape.vocabSize()) {
            throw new IllegalArgumentException("the tokenizer has " + tokenizer.vocabSize()
                    + " tokens, the decoder only vocab_size " + shape.vocabSize() + "; make the latter as large");
        }
        if (config.lora().isPresent()) {
            throw new IllegalStateException("lora and fromScratch exclude each other: an adapter needs a model that has"
                    + " learnt something; train all weights, or start from a checkpoint");
        }
        var description = ModelDescription.of(shape, SpecialTokenIds.of(tokenizer.eosId(), tokenizer.padId()));
        var format = config.promptFormat().orElseGet(PromptFormat::alpaca);
        var encoder = new PromptEncoder(tokenizer, description.specialTokens(), format);
        Decoder decoder = Decoder.open(shape, config.precision().usesBfloat16());
        try {
            var model = DecoderModel.full(decoder, Parameters.random(decoder, seed));
            return new StudentModel(model, Optional.empty(), NO_BASE, tokenizer, false, description, format, encoder);
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    /** What a Hugging Face folder holds, or a PEFT folder and the model that it belongs to, to be trained. */
    static StudentModel read(Path folder, StudentConfig config) throws IOException {
        return read(folder, config, true);
    }

    /** The same, to answer alone: all weights are held as {@link StudentConfig#baseType()} says. */
    static StudentModel load(Path folder, StudentConfig config) throws IOException {
        return read(folder, config, false);
    }

    private static StudentModel read(Path folder, StudentConfig config, boolean trained) throws IOException {
        if (!AdapterFolder.isAdapter(folder)) {
            config.base().ifPresent(base -> {
                throw new CheckpointException(
                        folder + " holds a model and no adapter, so there is no base to give, such as " + base
                                + "; leave it out");
            });
            return read(folder, folder, config.lora(), config, trained);
        }
        AdapterDescription adapter = AdapterFolder.describe(folder);
        if (config.lora().filter(lora -> !lora.equals(adapter.lora())).isPresent()) {
            throw new CheckpointException(
                    folder + " holds an adapter of its own, of rank "
                            + adapter.lora().rank() + ", not the one asked for, of rank "
                            + config.lora().get().rank()
                            + " and perhaps other settings; do not ask for one, or merge the adapter into its model (export) and start from that");
        }
        StudentModel student =
                read(folder, baseOf(folder, adapter, config), Optional.of(adapter.lora()), config, trained);
        try {
            student.readAdapter(AdapterFolder.open(folder, student.decoder().config()));
            return student;
        } catch (IOException | RuntimeException e) {
            student.close();
            throw e;
        }
    }

    private static Path baseOf(Path folder, AdapterDescription adapter, StudentConfig config) {
        String name = config.base()
                .map(Path::toString)
                .or(adapter::baseModel)
                .orElseThrow(() -> new CheckpointException(
                        folder + ": the adapter does not name the model that it belongs to; give its folder (--base)"));
        Optional<Path> base = pathOf(name).filter(Files::isDirectory);
        if (base.isEmpty()) {
            throw new CheckpointException(folder + ": the adapter belongs to the model '" + name
                    + "', and there is no such folder here; give the model's folder (--base)");
        }
        return base.get();
    }

    private static Optional<Path> pathOf(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Weights from one folder; tokenizer and prompt format from the other, where that has them. */
    private static StudentModel read(
            Path folder, Path weights, Optional<LoraConfig> lora, StudentConfig config, boolean trained)
            throws IOException {
        var checkpoint = CheckpointFolder.open(weights);
        Path texts = Files.exists(folder.resolve(TOKENIZER)) ? folder : weights;
        var saved = PromptFormat.read(texts);
        var format = config.promptFormat().or(() -> saved).orElseGet(PromptFormat::alpaca);
        var tokenizer = StudentTokenizer.read(texts, checkpoint.description().specialTokens());
        try {
            requireFitting(tokenizer, checkpoint);
            var description = checkpoint.description();
            var encoder = new PromptEncoder(tokenizer, description.specialTokens(), format);
            var checksum = Hashing.crc32c().newHasher();
            var model = weights(checkpoint, lora, config, trained, checksum);
            var shape =
                    lora.map(one -> new Adapted(one, weights.toAbsolutePath().normalize()));
            return new StudentModel(model, shape, checksum.hash(), tokenizer, true, description, format, encoder);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static DecoderModel weights(
            CheckpointFolder checkpoint,
            Optional<LoraConfig> lora,
            StudentConfig config,
            boolean trained,
            Hasher checksum)
            throws IOException {
        if (lora.isPresent()) {
            return adapted(checkpoint, lora.get(), config, trained, checksum);
        }
        return trained ? full(checkpoint, config) : frozen(checkpoint, config);
    }

    private static DecoderModel frozen(CheckpointFolder checkpoint, StudentConfig config) throws IOException {
        WeightType held = config.baseType();
        var decoder = Decoder.open(checkpoint.config(), config.precision().usesBfloat16(held), held);
        try {
            return DecoderModel.frozen(
                    decoder, BaseWeights.read(decoder, (name, sink) -> checkpoint.read(name, sink::take)));
        } catch (IOException | RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    private static DecoderModel full(CheckpointFolder checkpoint, StudentConfig config) throws IOException {
        var decoder = Decoder.open(checkpoint.config(), config.precision().usesBfloat16());
        try {
            var weights = Parameters.zeros(decoder);
            for (String name : weights.names()) {
                checkpoint.readInto(name, weights.bytes(name).asFloatBuffer());
            }
            return DecoderModel.full(decoder, weights);
        } catch (IOException | RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    private static DecoderModel adapted(
            CheckpointFolder checkpoint, LoraConfig lora, StudentConfig config, boolean trained, Hasher checksum)
            throws IOException {
        var precision = config.precision();
        WeightType held = config.baseType();
        boolean bfloat16 = trained ? precision.usesBfloat16() : precision.usesBfloat16(held);
        var decoder = Decoder.open(checkpoint.config(), bfloat16, held, lora);
        try {
            var base = BaseWeights.read(
                    decoder,
                    (name, sink) -> checkpoint.read(name, numbers -> {
                        add(numbers.duplicate(), checksum);
                        sink.take(numbers);
                    }));
            return DecoderModel.adapted(decoder, base, Parameters.lora(decoder, lora, ADAPTER_SEED));
        } catch (IOException | RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    private static void add(FloatBuffer numbers, Hasher checksum) {
        var bytes = ByteBuffer.allocate(numbers.remaining() * Float.BYTES).order(ByteOrder.nativeOrder());
        bytes.asFloatBuffer().put(numbers);
        checksum.putBytes(bytes);
    }

    /** Of all weights as they are now, those that are not trained among them. */
    String checksum() {
        var checksum = Hashing.crc32c().newHasher().putBytes(baseChecksum.asBytes());
        for (String name : model.trainable().names()) {
            checksum.putBytes(model.trainable().bytes(name));
        }
        return checksum.hash().toString();
    }

    private void readAdapter(AdapterFolder folder) throws IOException {
        try (var read = Parameters.like(decoder(), model.trainable())) {
            for (String name : read.names()) {
                folder.readInto(name, read.bytes(name).asFloatBuffer());
            }
            read.names().forEach(name -> model.trainable().bytes(name).put(read.bytes(name)));
        }
    }

    /** Takes up the adapter of a folder, if it is one of this model's shape and base; false leaves all as it is. */
    boolean restoreAdapter(Path folder) throws IOException {
        if (adapted.isEmpty() || !AdapterFolder.isAdapter(folder)) {
            return false;
        }
        AdapterDescription found = AdapterFolder.describe(folder);
        if (!found.equals(describeAdapter(adapted.get()))) {
            return false;
        }
        readAdapter(AdapterFolder.open(folder, decoder().config()));
        return true;
    }

    private static AdapterDescription describeAdapter(Adapted adapted) {
        return AdapterDescription.of(adapted.lora(), adapted.base().toString());
    }

    private static void requireFitting(StudentTokenizer tokenizer, CheckpointFolder checkpoint) {
        var faults = tokenizer.faultsFor(
                checkpoint.config().vocabSize(), checkpoint.description().specialTokens());
        if (!faults.isEmpty()) {
            throw new CheckpointException(checkpoint.path() + ": " + String.join("; ", faults)
                    + "; give the tokenizer that the weights were trained with");
        }
    }

    /** Writes a Hugging Face folder or, with an adapter, a PEFT folder into an empty directory. */
    void write(Path folder) throws IOException {
        if (adapted.isEmpty()) {
            export(folder, CheckpointFormat.ofType(StoredType.F32));
            return;
        }
        AdapterFolder.write(
                folder,
                decoder().config(),
                describeAdapter(adapted.get()),
                StoredType.F32,
                (name, chunks) -> chunks.accept(model.trainable().bytes(name).asFloatBuffer()));
        writeTexts(folder);
    }

    /** Writes a Hugging Face folder with all weights into an empty directory. */
    void export(Path folder, CheckpointFormat weights) throws IOException {
        CheckpointFolder.write(folder, description, weights, (name, chunks) -> model.read(name, chunks::accept));
        writeTexts(folder);
    }

    private void writeTexts(Path folder) throws IOException {
        tokenizer.writeTo(folder, decoder().config().maxPositionEmbeddings());
        format.writeTo(folder);
    }

    /** The adapter that is trained; absent when all weights are. */
    Optional<LoraConfig> lora() {
        return adapted.map(Adapted::lora);
    }

    /** The adapter as its folder describes it. */
    Optional<AdapterDescription> adapter() {
        return adapted.map(StudentModel::describeAdapter);
    }

    /** What is written of the model beside the weights. */
    ModelDescription description() {
        return description;
    }

    boolean isAdapted() {
        return adapted.isPresent();
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

    /** What turns instructions and answers into tokens. */
    PromptEncoder encoder() {
        return encoder;
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
