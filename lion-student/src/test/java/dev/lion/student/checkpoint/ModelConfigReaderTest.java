package dev.lion.student.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lion.student.decoder.DecoderConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        config.put("model_type", "gemma").put("hidden_act", "gelu").put("attention_bias", true);
        config.putObject("rope_scaling").put("rope_type", "llama3").put("factor", 8);
        config.putObject("quantization_config").put("bits", 4);
        config.put("vocab_size", "many");
        config.remove("hidden_size");

        assertRefused(
                "model_type 'gemma'",
                "hidden_act 'gelu'",
                "attention_bias",
                "rope_scaling {\"rope_type\":\"llama3\"",
                "quantization_config",
                "vocab_size \"many\"",
                "hidden_size is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mlp_bias | true | mlp_bias is true",
                "compression_config | {} | compression_config is set",
                "rope_scaling | {\"type\": \"linear\"} | rope_scaling {\"type\":\"linear\"}",
                "rope_parameters | {\"rope_type\": \"yarn\"} | rope_parameters {\"rope_type\":\"yarn\"}",
                "rope_parameters | {\"partial_rotary_factor\": 0.5} | partial_rotary_factor",
                "eos_token_id | 10 | eos_token_id 10 is not a token of a vocabulary of 10",
                "pad_token_id | [1] | pad_token_id [1]",
                "tie_word_embeddings | \"no\" | tie_word_embeddings \"no\" is not true or false",
                "rms_norm_eps | \"small\" | rms_norm_eps \"small\" is not a number",
                "hidden_size | 8.5 | hidden_size 8.5 is not a whole number",
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
