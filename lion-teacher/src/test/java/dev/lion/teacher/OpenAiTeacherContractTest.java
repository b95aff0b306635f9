package dev.lion.teacher;

class OpenAiTeacherContractTest extends ChatModelTeacherContract {
    @Override
    protected ModelProtocol protocol() {
        return new ChatCompletionsProtocol();
    }
}
