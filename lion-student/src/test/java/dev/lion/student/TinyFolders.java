package dev.lion.student;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lion.student.checkpoint.CheckpointFolder;
import dev.lion.student.checkpoint.CheckpointFormat;
import dev.lion.student.checkpoint.JsonFile;
import dev.lion.student.checkpoint.ModelDescription;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.checkpoint.StoredType;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.ModelFamily;
import dev.lion.student.decoder.RopeScaling;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;

/** Hugging Face folders of tiny models with lively random weights: each family, each kind of tokenizer, each kind of template. */
enum TinyFolders {
    /** A tokenizer that lion trained, and the paper's prompts. */
    LLAMA_OF_LION(ModelFamily.LLAMA) {
        @Override
        void writeTexts(Path folder) throws IOException {
            try (var tokenizer = trained()) {
                tokenizer.writeTo(folder, CONTEXT);
            }
            PromptFormat.alpaca().withSystem("Be \"brief\".").writeTo(folder);
        }
    },
    /** Llama 3's pattern, template and rope scaling. */
    LLAMA_3(ModelFamily.LLAMA) {
        @Override
        void writeTexts(Path folder) throws IOException {
            byteLevel(folder, "\\p{N}{1,3}", true, "<|begin_of_text|>", "<|eot_id|>", LLAMA_TEMPLATE);
        }

        @Override
        DecoderConfig.Builder shape() {
            return super.shape().ropeScaling(new RopeScaling(8, 1, 4, 64)).ropeTheta(500_000);
        }
    },
    /** Llama 2's tokenizer and an untied output layer. */
    LLAMA_2(ModelFamily.LLAMA) {
        @Override
        void writeTexts(Path folder) throws IOException {
            sentencePiece(folder, true);
        }

        @Override
        DecoderConfig.Builder shape() {
            return super.shape().tieWordEmbeddings(false);
        }
    },
    /** Mistral 0.3's tokenizer, a window, heads wider than the hidden size asks for. */
    MISTRAL(ModelFamily.MISTRAL) {
        @Override
        void writeTexts(Path folder) throws IOException {
            sentencePiece(folder, false);
        }

        @Override
        DecoderConfig.Builder shape() {
            return super.shape().headDim(32).slidingWindow(200).tieWordEmbeddings(false);
        }
    },
    /** Qwen2's pattern, biases. */
    QWEN_2(ModelFamily.QWEN2) {
        @Override
        void writeTexts(Path folder) throws IOException {
            byteLevel(folder, "\\p{N}", false, "<|im_start|>", "<|im_end|>", CHATML);
        }
    },
    /** Qwen2's pattern, norms of queries and keys, a template that can think. */
    QWEN_3(ModelFamily.QWEN3) {
        @Override
        void writeTexts(Path folder) throws IOException {
            byteLevel(folder, "\\p{N}", false, "<|im_start|>", "<|im_end|>", THINKING);
        }
    };

    static final int CONTEXT = 256;
    private static final String CHATML =
            "{%- if messages[0]['role'] != 'system' %}<|im_start|>system\nYou help.<|im_end|>\n{% endif %}"
                    + "{%- for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content']"
                    + " + '<|im_end|>\\n' }}{%- endfor %}{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}"
                    + "{%- endif %}";
    private static final String THINKING =
            "{%- for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' }}"
                    + "{%- if message['role'] == 'assistant' and loop.last %}{{ '<think>\\n\\n</think>\\n\\n' }}{%- endif %}"
                    + "{{- message['content'] + '<|im_end|>\\n' }}{%- endfor %}"
                    + "{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}"
                    + "{%- if enable_thinking is defined and enable_thinking is false %}"
                    + "{{ '<think>\\n\\n</think>\\n\\n' }}{%- endif %}{%- endif %}";
    private static final String LLAMA_TEMPLATE =
            "{{- bos_token }}{%- for message in messages %}{{ '<|start_header_id|>' + message['role'] +"
                    + " '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}{%- endfor %}"
                    + "{%- if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}"
                    + "{%- endif %}";
    private static final String INST = "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}"
            + "{{ '[INST] ' + message['content'] + ' [/INST]' }}{% elif message['role'] == 'assistant' %}"
            + "{{ ' ' + message['content'] + eos_token }}{% else %}{{ message['content'] + '\\n\\n' }}{% endif %}"
            + "{% endfor %}";
    private static final List<String> CORPUS = List.of(
            "The lion and the zebra went down to the water, and the old lion asked: what is 12 and 34, and who is there?",
            "A tokenizer cuts a text into tokens; the tokens are numbers from 0 to 999, one for each of its parts.",
            "for (int i = 0; i < 10; i++) { total += i; } // and then there is nothing more to say, isn't it?",
            "the the the and and and lion lion lion water water number number ### Instruction: ### Response: user");

    private final ModelFamily family;

    TinyFolders(ModelFamily family) {
        this.family = family;
    }

    String folderName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    abstract void writeTexts(Path folder) throws IOException;

    DecoderConfig.Builder shape() {
        return DecoderConfig.builder()
                .family(family)
                .hiddenSize(64)
                .intermediateSize(96)
                .numHiddenLayers(2)
                .numAttentionHeads(4)
                .numKeyValueHeads(2)
                .maxPositionEmbeddings(CONTEXT);
    }

    /** Writes all of it into an empty folder. */
    void write(Path folder) throws IOException {
        Path texts = folder.resolveSibling(folder.getFileName() + "-texts");
        Files.createDirectories(texts);
        writeTexts(texts);
        try (var tokenizer = StudentTokenizer.read(texts)) {
            int rows = tokenizer.vocabSize() + 3;
            var config = shape().vocabSize(rows).build();
            var bos = tokenizer.addedBosId();
            var tokens = new SpecialTokenIds(bos, List.of(tokenizer.eosId()), OptionalInt.of(tokenizer.padId()));
            CheckpointFolder.write(
                    folder,
                    ModelDescription.of(config, tokens),
                    CheckpointFormat.ofType(StoredType.F32),
                    (name, chunks) -> {
                        long count = config.parameterShapes().getOrDefault(name, List.of()).stream()
                                .reduce(1L, (a, b) -> a * b);
                        chunks.accept(FloatBuffer.wrap(numbers(name, (int) count)));
                    });
        }
        writeTexts(folder);
    }

    /** Norms around 1, everything else so large that tokens differ clearly. */
    private static float[] numbers(String name, int count) {
        var random = new Random(name.hashCode());
        var numbers = new float[count];
        boolean norm = name.contains("norm");
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (norm ? 1 + 0.3 * random.nextGaussian() : 0.25 * random.nextGaussian());
        }
        return numbers;
    }

    static StudentTokenizer trained() {
        return StudentTokenizer.train(CORPUS, 420);
    }

    /** A trained vocabulary behind another pattern, with special tokens of its own. */
    static void byteLevel(Path folder, String numbers, boolean ignoreMerges, String bos, String eos, String template)
            throws IOException {
        ObjectNode json;
        try (var tokenizer = trained()) {
            json = tokenizer.json();
        }
        int next = json.path("model").path("vocab").size();
        for (String text : new LinkedHashSet<>(
                List.of(bos, eos, "<|im_start|>", "<|start_header_id|>", "<|end_header_id|>", "<think>", "</think>"))) {
            ((ArrayNode) json.path("added_tokens")).add(added(next++, text, !text.contains("think")));
        }
        ((ObjectNode) json.path("model")).put("ignore_merges", ignoreMerges);
        ObjectNode sequence = json.putObject("pre_tokenizer").put("type", "Sequence");
        ArrayNode steps = sequence.putArray("pretokenizers");
        ObjectNode split = steps.addObject().put("type", "Split");
        split.putObject("pattern")
                .put(
                        "Regex",
                        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|" + numbers
                                + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");
        split.put("behavior", "Isolated").put("invert", false);
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        JsonFile.write(folder.resolve("tokenizer.json"), json);
        JsonFile.write(
                folder.resolve("tokenizer_config.json"),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bos_token", bos)
                        .put("eos_token", eos)
                        .put("add_bos_token", bos.equals("<|begin_of_text|>"))
                        .put("chat_template", template));
    }

    private static ObjectNode added(int id, String text, boolean special) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("content", text)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
    }

    /** Characters, the beginnings of a few words, and every merge that makes one of them. */
    static void sentencePiece(Path folder, boolean everyPart) throws IOException {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        ArrayNode added = json.putArray("added_tokens");
        ObjectNode model = JsonNodeFactory.instance.objectNode().put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        for (String special : List.of("<unk>", "<s>", "</s>")) {
            added.add(added(vocabulary.size(), special, true));
            vocabulary.put(special, vocabulary.size());
        }
        for (int value = 0; value < 256; value++) {
            vocabulary.put(String.format("<0x%02X>", value), vocabulary.size());
        }
        ArrayNode merges = model.putArray("merges");
        addPieces(vocabulary, merges);
        model.put("unk_token", "<unk>").put("fuse_unk", true).put("byte_fallback", true);
        json.set("model", model);
        spaces(json, everyPart);
        JsonFile.write(folder.resolve("tokenizer.json"), json);
        JsonFile.write(
                folder.resolve("tokenizer_config.json"),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bos_token", "<s>")
                        .put("eos_token", "</s>")
                        .put("add_bos_token", true)
                        .put("chat_template", INST));
    }

    private static void addPieces(ObjectNode vocabulary, ArrayNode merges) {
        var pieces = new LinkedHashSet<String>();
        String text = ("▁" + String.join(" ", CORPUS).replace(" ", "▁"));
        text.chars().forEach(c -> pieces.add(String.valueOf((char) c)));
        for (String word : text.split("(?=▁)", -1)) {
            for (int length = 2; length <= word.length(); length++) {
                pieces.add(word.substring(0, length));
            }
            for (int begin = 0; begin + 2 <= word.length(); begin++) {
                pieces.add(word.substring(begin, begin + 2));
            }
        }
        var known = new HashSet<>(pieces);
        for (String piece : pieces) {
            vocabulary.put(piece, vocabulary.size());
            for (int cut = 1; cut < piece.length(); cut++) {
                if (known.contains(piece.substring(0, cut)) && known.contains(piece.substring(cut))) {
                    merges.addArray().add(piece.substring(0, cut)).add(piece.substring(cut));
                }
            }
        }
    }

    private static void spaces(ObjectNode json, boolean everyPart) {
        if (everyPart) {
            ArrayNode steps =
                    json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
            steps.addObject().put("type", "Prepend").put("prepend", "▁");
            steps.add(replace(" ", "▁"));
            json.putNull("pre_tokenizer");
        } else {
            json.putNull("normalizer");
            json.putObject("pre_tokenizer")
                    .put("type", "Metaspace")
                    .put("replacement", "▁")
                    .put("prepend_scheme", "first")
                    .put("split", false);
        }
        ArrayNode decoders = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
        decoders.add(replace("▁", " "));
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
    }

    private static ObjectNode replace(String from, String to) {
        ObjectNode step =
                JsonNodeFactory.instance.objectNode().put("type", "Replace").put("content", to);
        step.putObject("pattern").put("String", from);
        return step;
    }
}
