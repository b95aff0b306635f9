package dev.lion.student.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.decoder.LoraConfig;
import dev.lion.student.decoder.LoraConfig.Target;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterFolderTest {
    private static final DecoderConfig BASE = DecoderConfig.builder()
            .vocabSize(10)
            .hiddenSize(8)
            .intermediateSize(12)
            .numHiddenLayers(2)
            .numAttentionHeads(4)
            .numKeyValueHeads(2)
            .headDim(2)
            .build();
    private static final LoraConfig LORA =
            new LoraConfig(3, 6, 0.05, List.of(Target.Q_PROJ, Target.V_PROJ, Target.DOWN_PROJ));

    @TempDir
    Path folder;

    @Test
    void open_ofAWrittenAdapter_givesEverythingBack() throws IOException {
        write();

        var opened = AdapterFolder.open(folder, BASE);

        assertThat(opened.description()).isEqualTo(AdapterDescription.of(LORA, "models/base"));
        for (String name : LORA.parameterShapes(BASE).keySet()) {
            assertThat(values(opened, name)).isEqualTo(values(name));
        }
    }

    @Test
    void write_files_areThoseOfPeft() throws IOException {
        write();

        assertThat(folder.resolve("adapter_config.json")).content().isEqualToNormalizingNewlines("""
                        {
                          "alpha_pattern" : { },
                          "base_model_name_or_path" : "models/base",
                          "bias" : "none",
                          "fan_in_fan_out" : false,
                          "inference_mode" : true,
                          "init_lora_weights" : true,
                          "layers_pattern" : null,
                          "layers_to_transform" : null,
                          "lora_alpha" : 6,
                          "lora_dropout" : 0.05,
                          "modules_to_save" : null,
                          "peft_type" : "LORA",
                          "r" : 3,
                          "rank_pattern" : { },
                          "revision" : null,
                          "target_modules" : [ "q_proj", "v_proj", "down_proj" ],
                          "task_type" : "CAUSAL_LM",
                          "use_dora" : false,
                          "use_rslora" : false
                        }""");
        var shapes = SafetensorsFile.open(folder.resolve("adapter_model.safetensors"))
                .shapes();
        assertThat(shapes)
                .hasSize(12)
                .containsEntry("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", List.of(3L, 8L))
                .containsEntry("base_model.model.model.layers.1.mlp.down_proj.lora_B.weight", List.of(8L, 3L));
    }

    @Test
    void write_inSixteenBits_isReadAgain() throws IOException {
        AdapterFolder.write(
                folder,
                BASE,
                AdapterDescription.of(LORA, "models/base"),
                StoredType.BF16,
                (name, chunks) -> chunks.accept(values(name)));

        var opened = AdapterFolder.open(folder, BASE);

        String name = "model.layers.1.self_attn.v_proj.lora_B.weight";
        assertThat(values(opened, name)).isEqualTo(values(name));
    }

    @Test
    void write_intoAFolderWithFiles_isRefused() throws IOException {
        write();

        assertThatThrownBy(this::write).isInstanceOf(CheckpointException.class).hasMessageContaining("empty");
    }

    @Test
    void open_withoutFields_takesTheDefaultsOfPeft() throws IOException {
        write();
        var lora = LORA.withAlpha(8).withDropout(0);
        edit(json -> json.retain("peft_type", "target_modules", "r"));

        assertThat(AdapterFolder.open(folder, BASE).description().lora()).isEqualTo(lora);
        assertThat(AdapterFolder.open(folder, BASE).description().baseModel()).isEmpty();
    }

    @Test
    void open_withRankStabilisedScaling_scalesByTheRootOfTheRank() throws IOException {
        write();
        edit(json -> json.put("use_rslora", true));

        var lora = AdapterFolder.open(folder, BASE).description().lora();

        assertThat(lora.scale()).isEqualTo(6 / Math.sqrt(3));
    }

    @Test
    void open_ofAllLinear_adaptsAllTargets() throws IOException {
        var lora = LoraConfig.ofRank(2);
        AdapterFolder.write(
                folder,
                BASE,
                AdapterDescription.of(lora, "models/base"),
                StoredType.F32,
                (name, chunks) -> chunks.accept(values(lora.parameterShapes(BASE), name)));
        edit(json -> json.put("target_modules", "all-linear"));

        assertThat(AdapterFolder.open(folder, BASE).description().lora()).isEqualTo(lora);
    }

    @Test
    void open_ofModulesWithTheirParents_isTheSame() throws IOException {
        write();
        edit(json -> json.putArray("target_modules")
                .add("self_attn.v_proj")
                .add("q_proj")
                .add("mlp.down_proj"));

        assertThat(AdapterFolder.open(folder, BASE).description().lora()).isEqualTo(LORA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "peft_type | \"IA3\" | peft_type 'IA3' is not supported, only 'LORA'",
                "peft_type | null | peft_type '' is not supported",
                "task_type | \"SEQ_CLS\" | task_type 'SEQ_CLS' is not supported, only 'CAUSAL_LM'",
                "bias | \"lora_only\" | bias 'lora_only' is not supported, only 'none'",
                "use_dora | true | use_dora true is not supported; merge the adapter",
                "lora_bias | true | lora_bias true",
                "fan_in_fan_out | true | fan_in_fan_out true",
                "modules_to_save | [\"lm_head\"] | modules_to_save [\"lm_head\"]",
                "rank_pattern | {\"q_proj\": 4} | rank_pattern {\"q_proj\":4}",
                "alpha_pattern | {\"q_proj\": 4} | alpha_pattern {\"q_proj\":4}",
                "layers_to_transform | [0] | layers_to_transform [0]",
                "exclude_modules | [\"v_proj\"] | exclude_modules [\"v_proj\"]",
                "init_lora_weights | \"pissa\" | init_lora_weights \"pissa\" is not supported",
                "target_modules | [\"q_proj\", \"lm_head\"] | target_modules has \"lm_head\", which is not adapted",
                "target_modules | \".*_proj\" | target_modules \".*_proj\" is neither a list of modules nor",
                "target_modules | [] | target_modules [] is neither",
                "r | 0 | rank 0 must be at least 1",
                "r | \"three\" | r \"three\" is not a whole number",
                "r | 2147483647 | rank 2147483647 is above the model's hidden_size 8",
                "r | 9 | rank 9 is above the model's hidden_size 8",
                "lora_alpha | 1e39 | alpha 1.0E39 must be above 0 and within the range of a float",
                "lora_alpha | 1e-50 | alpha 1.0E-50 must be above 0 and within the range of a float",
                "lora_alpha | -1 | alpha -1.0 must be above 0",
                "lora_dropout | 1 | dropout 1.0 must be in [0, 1)",
            })
    void open_withAnUnusableField_namesIt(String field, String value, String fault) throws IOException {
        write();
        edit(json -> json.putRawValue(field, new RawValue(value)));

        assertRefused(BASE, folder.resolve("adapter_config.json").toString(), fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adapter_config.json", "adapter_model.safetensors"})
    void open_withAFileMissing_namesIt(String name) throws IOException {
        write();
        Files.delete(folder.resolve(name));

        assertRefused(BASE, folder.toString(), name + " is missing");
        assertThat(AdapterFolder.isAdapter(folder)).isEqualTo(!name.equals("adapter_config.json"));
    }

    /** All that lion wrote says which base it is for, even where the shapes fit. */
    @Test
    void open_forAnotherBaseOfTheSameShapes_isRefused() throws IOException {
        write();

        assertRefused(
                BASE.toBuilder().ropeTheta(500_000).build(),
                "adapter_model.safetensors",
                "made for another base model, 'models/base'");
    }

    @Test
    void open_forABaseWithAnotherLongestText_isFine() throws IOException {
        write();
        var longer = BASE.toBuilder().maxPositionEmbeddings(9000).build();

        assertThat(AdapterFolder.open(folder, longer).description().lora()).isEqualTo(LORA);
    }

    @Test
    void open_ofAnotherToolsAdapterForAnotherBase_listsTheTensorsThatDoNotFit() throws IOException {
        write();
        forgetBase();
        var other = BASE.toBuilder().numHiddenLayers(3).intermediateSize(16).build();

        assertRefused(
                other,
                "do not fit adapter_config.json and the base model, 'models/base'",
                "base_model.model.model.layers.0.mlp.down_proj.lora_A.weight has shape [3, 12], expected [3, 16]",
                "base_model.model.model.layers.2.self_attn.q_proj.lora_A.weight is missing, expected [3, 8]");
    }

    @Test
    void open_ofTensorsThatNoTargetHas_namesThem() throws IOException {
        write();
        edit(json -> json.putArray("target_modules").add("q_proj").add("v_proj"));

        assertRefused(
                BASE, "base_model.model.model.layers.0.mlp.down_proj.lora_A.weight of shape [3, 12] is unexpected");
    }

    private void write() throws IOException {
        AdapterFolder.write(
                folder,
                BASE,
                AdapterDescription.of(LORA, "models/base"),
                StoredType.F32,
                (name, chunks) -> chunks.accept(values(name)));
    }

    private void edit(Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve("adapter_config.json");
        ObjectNode json = JsonFile.read(file);
        change.accept(json);
        JsonFile.write(file, JsonFile.parse(file, json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes the weights once more, as a tool does that says nothing of the base. */
    private void forgetBase() throws IOException {
        Path file = folder.resolve("adapter_model.safetensors");
        var shapes = new LinkedHashMap<>(SafetensorsFile.open(file).shapes());
        SafetensorsFile.write(file, shapes, StoredType.F32, (name, chunks) -> chunks.accept(values(shapes, name)));
    }

    private void assertRefused(DecoderConfig base, String... parts) {
        assertThatThrownBy(() -> AdapterFolder.open(folder, base))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(parts);
    }

    private static FloatBuffer values(AdapterFolder opened, String name) throws IOException {
        var values = FloatBuffer.allocate(values(name).capacity());
        opened.readInto(name, values);
        return values.flip();
    }

    private static FloatBuffer values(String name) {
        return values(LORA.parameterShapes(BASE), name);
    }

    private static FloatBuffer values(Map<String, List<Long>> shapes, String name) {
        var values = FloatBuffer.allocate((int) SafetensorsHeader.count(shapes.getOrDefault(name, List.of())));
        for (int i = 0; i < values.capacity(); i++) {
            values.put(i, name.hashCode() % 16 + i / 16f);
        }
        return values;
    }
}
