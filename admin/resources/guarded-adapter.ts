import { Resource as PrismaResource } from '@adminjs/prisma';
import { secretFieldsOf } from '../../domain/roles.ts';

/** AdminJS's Prisma resource whose secret columns do not exist: never read out, whatever list, search or reference asks, never filtered or sorted by, never written. */
export class Resource extends PrismaResource {
  override prepareProperties() {
    const properties = super.prepareProperties();
    for (const name of secretFieldsOf(this.model.name)) delete properties[name];
    return properties;
  }
}
