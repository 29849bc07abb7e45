import { describe, expect, it } from 'vitest';
import { namesTheFee } from '../../domain/fee-in-label.ts';

describe('Q5 labels that name the fee', () => {
  it.each([
    'Frais OFF-WORKS', 'frais off works', 'FRAIS OFFWORKS', 'Frais Off\u2011Works', 'Frais d’OFF-WORKS', 'Frais de service OFF-WORKS (17 %)',
    'Frais de fonctionnement OFF-WORKS', 'Conception, frais OFF-WORKS inclus', 'Commission OFF-WORKS', 'Commission d’agence OFF-WORKS', 'Marge OFF-WORKS',
    'Honoraires OFF-WORKS', 'Rémunération OFF-WORKS', 'Part d’OFF-WORKS', '17 % OFF-WORKS', '17 % pour OFF-WORKS', 'OFF-WORKS 17%', 'OFF-WORKS', 'OFF-WORKS fee', 'OFF-WORKS service fee', 'Off Works commission',
    'Commission', 'commission 17 %', 'Commission de 17\u202f% sur le devis', 'COMMISSIONS', 'Commission plateforme', 'Commission d’agence', 'commission (17 pour cent)',
    'Frais de service', 'Frais de services', 'Frais de fonctionnement', 'Frais de plateforme', 'Frais d’agence-plateforme', 'Frais d’intermédiation', 'FRAIS DE MISE EN RELATION', 'Frais de fonctionnement 17,0 %',
    'Frais 17 %', 'Frais (17%)', 'Frais de gestion (17 %)', 'Marge 17 %', '17 %', '17%', '17\u00a0% du montant final du devis', '17 pourcents du total HT', '17 % de frais',
    'Platform fee', 'Service fees', 'Agency commission', 'Fee 17%', 'Frais de fonctionnement : 170 € HT',
  ])('finds it in « %s »', (label) => {
    expect(namesTheFee(label)).toBe(true);
  });

  it.each([
    'Commission européenne : note de cadrage', 'Dossier pour la Commission européenne', 'Commission d’enquête parlementaire, captation', 'Étude des commissions bancaires', 'Affiches de la commission des fêtes',
    'Conception hors frais OFF-WORKS', 'Tarif hors frais OFF-WORKS', 'Développement (hors frais de service OFF-WORKS de 17 %)', 'Maquettes, sans les frais OFF-WORKS', 'Design excluding OFF-WORKS', 'Copywriting, excluding fees',
    'Frais de déplacement', 'Frais techniques', 'Frais divers', 'Frais', 'Frais de tournage', 'Frais de déplacement chez OFF-WORKS', 'Frais de plateforme e-mailing', 'Frais de service de livraison', 'Frais de fonctionnement du serveur de test',
    'Frais d’agence de mannequins', 'Frais de gestion de projet', 'Honoraires', 'Honoraires de direction artistique',
    'Atelier avec l’équipe OFF-WORKS', 'Présentation au format OFF-WORKS', 'Point hebdomadaire client et OFF-WORKS',
    'Campagne « 17 % de remise »', 'Acompte 30 %', 'Majoration week-end 25 %', 'TVA 20 %', 'Marge d’erreur 5 %', 'Audit : 10 % du parc', 'Refonte à 50 % du temps', 'Étude de la part de marché',
    'Maquettes', 'Coffee shop : identité', 'Feedback et corrections', 'Total look, stylisme', 'Budget média', '',
  ])('lets « %s » through', (label) => {
    expect(namesTheFee(label)).toBe(false);
  });
});
