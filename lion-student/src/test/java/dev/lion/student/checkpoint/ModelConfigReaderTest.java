package dev.lion.student.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.ModelFamily;
import dev.lion.student.decoder.RopeScaling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigReaderTest {
    private static final Path FILE = Path.of("model", "config.json");
    private static final DecoderConfig DECODER = DecoderConfig.builder()
            .vocabSize(10)
            .hiddenSize(8)
            .intermediateSize(12)
            .numHiddenLayers(1)
            .numAttentionHeads(4)
            .numKeyValueHeads(4)
            .headDim(2)
            .maxPositionEmbeddings(2048)
            .tieWordEmbeddings(false)
            .build();

    private final ObjectNode config = new ModelConfig(DECODER, SpecialTokenIds.of(0, 1)).toConfigJson();
    private final ObjectNode generation = JsonNodeFactory.instance.objectNode();

    @Test
    void read_ofWhatIsWritten_givesItBack() {
        assertThat(read()).isEqualTo(new ModelConfig(DECODER, SpecialTokenIds.of(0, 1)));
    }

    @Test
    void read_ofAModelThatCannotBeRun_namesEveryReason() {
        config.put("hidden_act", "gelu").put("attention_bias", true);
        config.putObject("rope_scaling").put("rope_type", "yarn").put("factor", 8);
        config.putObject("quantization_config").put("bits", 4);
        config.put("vocab_size", "many");
        config.remove("hidden_size");

        assertRefused(
                "hidden_act 'gelu'",
                "attention_bias",
                "rope_scaling {\"rope_type\":\"yarn\"",
                "quantization_config",
                "vocab_size \"many\"",
                "hidden_size is missing");
    }

    @ParameterizedTest
    @CsvSource({"gemma2", "qwen3_moe", "mixtral", "qwen2_vl", "''"})
    void read_ofAnotherFamily_namesItAndThoseThatWork(String type) {
        config.put("model_type", type);

        assertRefused("model_type '" + type + "' is not supported", "llama, mistral, qwen2, qwen3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "architectures | [\"LlamaForSequenceClassification\"] | architectures [\"LlamaForSequenceClassification\"]",
                "mlp_bias | true | mlp_bias is true",
                "compression_config | {} | compression_config is set",
                "auto_map | {\"AutoModel\": \"modeling.X\"} | auto_map is set",
                "is_encoder_decoder | true | is_encoder_decoder is true",
                "num_local_experts | 8 | num_local_experts is set",
                "n_routed_experts | 64 | n_routed_experts is set",
                "final_logit_softcapping | 30.0 | final_logit_softcapping is set",
                "rope_interleaved | true | rope_interleaved is set",
                "attention_dropout | 0.1 | attention_dropout is not 0",
                "partial_rotary_factor | 0.25 | partial_rotary_factor is not 1",
                "use_sliding_window | true | use_sliding_window is true",
                "sliding_window | 4096 | sliding_window is set; a llama has no window",
                "layer_types | [\"full_attention\", \"sliding_attention\"] | layer_types has \"sliding_attention\"",
                "rope_scaling | {\"type\": \"linear\"} | rope_scaling {\"type\":\"linear\"}",
                "rope_scaling | {\"rope_type\": \"llama3\", \"factor\": \"8\"} | rope_scaling.factor \"8\" is not a number",
                "rope_scaling | {\"rope_type\": \"llama3\", \"factor\": 8} | rope_scaling.low_freq_factor is missing",
                "rope_scaling | {\"rope_type\": \"llama3\", \"factor\": 0.5, \"low_freq_factor\": 1, \"high_freq_factor\": 4, \"original_max_position_embeddings\": 8} | factor 0.5 must be at least 1",
                "rope_scaling | 7 | rope_scaling 7 is not supported",
                "rope_parameters | {\"rope_type\": \"yarn\"} | rope_parameters {\"rope_type\":\"yarn\"}",
                "rope_parameters | {\"partial_rotary_factor\": 0.5} | partial_rotary_factor",
                "rope_parameters | {\"full_attention\": {\"rope_type\": \"default\"}} | one setting for all layers",
                "rope_parameters | {\"rope_theta\": 77} | rope_theta 10000.0 is not the 77.0 of rope_parameters",
                "eos_token_id | 10 | eos_token_id 10 is not a token of a vocabulary of 10",
                "pad_token_id | [1] | pad_token_id [1]",
                "model_type | 7 | model_type 7 is not a text",
                "tie_word_embeddings | \"no\" | tie_word_embeddings \"no\" is not true or false",
                "rms_norm_eps | \"small\" | rms_norm_eps \"small\" is not a number",
                "rms_norm_eps | 1 | rms_norm_eps 1.0 is not below 1",
                "rms_norm_eps | 1e308 | rms_norm_eps 1.0E308 is not below 1",
                "hidden_size | 8.5 | hidden_size 8.5 is not a whole number",
                "num_hidden_layers | 2000000000 | num_hidden_layers 2000000000 is more than 10000",
                "head_dim | 3 | head_dim 3 is odd",
            })
    void read_withAnUnusableField_namesIt(String field, String value, String fault) throws IOException {
        config.putRawValue(field, new RawValue(value));

        assertThatThrownBy(() -> ModelConfigReader.read(FILE, reparsed(), generation))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(FILE.toString(), fault);
    }

    @Test
    void read_withTheRotaryBaseInRopeParameters_readsItThere() {
        config.remove("rope_theta");
        config.putObject("rope_parameters").put("rope_theta", 70_000).put("rope_type", "default");

        assertThat(read().decoder().ropeTheta()).isEqualTo(70_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rope_scaling", "rope_parameters"})
    void read_ofLlama3Scaling_takesItFromEitherField(String field) {
        putLlama3(field);

        assertThat(read().decoder().ropeScaling()).contains(new RopeScaling(8, 1, 4, 64));
    }

    @Test
    void read_ofTwoDifferentScalings_isRefused() {
        putLlama3("rope_scaling");
        putLlama3("rope_parameters").put("factor", 16);

        assertRefused("rope_scaling and rope_parameters say different things");
    }

    private ObjectNode putLlama3(String field) {
        return config.putObject(field)
                .put("rope_type", "llama3")
                .put("factor", 8.0)
                .put("low_freq_factor", 1.0)
                .put("high_freq_factor", 4.0)
                .put("original_max_position_embeddings", 64);
    }

    @Test
    void read_ofNewerSpellings_isTheSame() {
        config.remove(List.of("torch_dtype", "rope_theta", "rope_scaling"));
        config.put("model_type", "qwen3").put("dtype", "bfloat16");
        config.putArray("architectures").add("Qwen3ForCausalLM");
        config.putArray("layer_types").add("full_attention");
        config.putObject("rope_parameters").put("rope_theta", 1_000_000).put("rope_type", "default");

        assertThat(read().decoder())
                .isEqualTo(DECODER.toBuilder()
                        .family(ModelFamily.QWEN3)
                        .ropeTheta(1_000_000)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"mistral, 8, 131072, 2, 4096", "qwen2, 32, 32768, 2, 0", "qwen3, 32, 32768, 128, 0"})
    void read_withFieldsLeftOut_takesTheDefaultsOfTheFamily(
            String type, int keyValueHeads, int positions, int headDim, int window) {
        config.put("model_type", type).put("hidden_size", 64).put("num_attention_heads", 32);
        config.retain(
                "model_type",
                "vocab_size",
                "hidden_size",
                "intermediate_size",
                "num_hidden_layers",
                "num_attention_heads");

        DecoderConfig decoder = read().decoder();

        assertThat(decoder.numKeyValueHeads()).isEqualTo(keyValueHeads);
        assertThat(decoder.maxPositionEmbeddings()).isEqualTo(positions);
        assertThat(decoder.headDim()).isEqualTo(headDim);
        assertThat(decoder.slidingWindow().orElse(0)).isEqualTo(window);
    }

    @Test
    void read_withoutHeadDimOfAWidthThatDoesNotDivide_isRefused() {
        config.remove("head_dim");
        config.put("hidden_size", 9);

        assertRefused("head_dim is missing, and hidden_size 9 does not divide among 4 heads");
    }

    @Test
    void toConfigJson_ofAWindowInAFamilyWithoutOne_isRefused() {
        var windowed = new ModelConfig(DECODER.toBuilder().slidingWindow(4).build(), SpecialTokenIds.of(0, 1));

        assertThatThrownBy(windowed::toConfigJson)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("slidingWindow", "LLAMA");
    }

    @Test
    void read_withFieldsLeftOut_takesTheDefaultsOfLlama() {
        config.retain(
                "model_type",
                "vocab_size",
                "hidden_size",
                "intermediate_size",
                "num_hidden_layers",
                "num_attention_heads");

        assertThat(read())
                .isEqualTo(new ModelConfig(
                        DECODER, new SpecialTokenIds(OptionalInt.empty(), List.of(), OptionalInt.empty())));
    }

    @Test
    void read_withSeveralEndsOfText_gathersThemFromBothFiles() {
        config.putArray("eos_token_id").add(3).add(4);
        config.put("pad_token_id", -1);
        generation.putArray("eos_token_id").add(4).add(5);

        assertThat(read().specialTokens())
                .isEqualTo(new SpecialTokenIds(OptionalInt.of(0), List.of(3, 4, 5), OptionalInt.empty()));
    }

    private ModelConfig read() {
        return ModelConfigReader.read(FILE, config, generation);
    }

    private ObjectNode reparsed() throws IOException {
        return JsonFile.parse(FILE, config.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::read)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(FILE.toString())
                .hasMessageContainingAll(parts);
    }
}
