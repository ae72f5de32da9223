package PACKAGE.rest;

import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** How values are written as JSON, and read. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .addModule(
              new SimpleModule()
                  .addSerializer(byte[].class, new BytesWriter())
                  .addDeserializer(byte[].class, new BytesReader()))
          .build();

  private Json() {}

  /** Bytes as PostgreSQL writes them: {@code \x00ff}. */
  private static final class BytesWriter extends ValueSerializer<byte[]> {
    @Override
    public void serialize(byte[] bytes, JsonGenerator out, SerializationContext context) {
      out.writeString(Literal.of(bytes));
    }
  }

  private static final class BytesReader extends ValueDeserializer<byte[]> {
    @Override
    public byte[] deserialize(JsonParser in, DeserializationContext context) {
      String text = in.getString();
      return HexFormat.of().parseHex(text, text.startsWith("\\x") ? 2 : 0, text.length());
    }
  }
}
