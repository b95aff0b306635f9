package dev.lion.teacher;

class AnthropicGeneratorContractTest extends ChatModelGeneratorContract {
    @Override
    protected ModelProtocol protocol() {
        return new MessagesProtocol();
    }
}
