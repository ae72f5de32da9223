package dev.mainstay.testkit.conformance;

import dev.mainstay.testkit.Backend;
import dev.mainstay.testkit.EngineUnderTest;

/// Pets and their owners, with a constraint of every kind, and no policies.
final class PetStore {
  private static final String MODEL =
      """
      tables:
        owners:
          columns:
            id: {type: bigint, primary_key: true}
            email: {type: text, unique: true}
            town: {type: text, nullable: true}
        pets:
          columns:
            id: {type: bigint, primary_key: true}
            owner_id: {type: bigint, nullable: true, references: owners, on_delete: set null, on_update: cascade}
            name: varchar(5)
            age: {type: integer, nullable: true}
          unique: [[owner_id, name]]
          checks: {age_is_sane: row.age >= 0 && row.age < 200}
        bills:
          columns:
            id: {type: bigint, primary_key: true}
            owner_id: {type: bigint, references: owners}
            amount: {type: 'decimal(8,2)'}
        visits:
          columns:
            pet_id: {type: bigint, references: pets, on_delete: cascade, on_update: cascade}
            day: date
            note: {type: text, nullable: true}
          primary_key: [pet_id, day]
      """;

  private PetStore() {}

  static Backend open(EngineUnderTest engine) {
    return Backend.open(engine, MODEL)
        .seed(
            "owners",
            """
                [{"id":1,"email":"ann@x.org","town":"Bath"},{"id":2,"email":"ben@x.org","town":null},
                 {"id":3,"email":"cat@x.org","town":"Bath"}]""")
        .seed(
            "pets",
            """
                [{"id":1,"owner_id":1,"name":"Rex","age":3},{"id":2,"owner_id":1,"name":"Tom","age":null},
                 {"id":3,"owner_id":2,"name":"Rex","age":7}]""")
        .seed("bills", "{\"id\":1,\"owner_id\":3,\"amount\":9.5}")
        .seed(
            "visits",
            """
                [{"pet_id":1,"day":"2024-02-29"},{"pet_id":1,"day":"2024-03-01"},{"pet_id":3,"day":"2024-02-29"}]""");
  }
}
