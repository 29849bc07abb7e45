import React from 'react';
import { Box, Button, FormGroup, H2, Input, Label, MessageBox, Text } from '@adminjs/design-system';
import { useTranslation } from 'adminjs';

const Login = () => {
  const state = (window as any).__APP_STATE__ ?? {};
  const { translateComponent, translateMessage } = useTranslation() as any;
  const error = state.errorMessage;
  return (
    <Box bg="#f6f4ef" minHeight="100vh" display="flex" alignItems="center" justifyContent="center" p="20px">
      <Box as="form" action={state.action} method="POST" bg="#fffefb" p="44px" width="420px" maxWidth="100%" style={{ borderTop: '6px solid #c8371b' }}>
        <Text fontSize="22px" fontWeight="bold" mb="lg">OFF-WORKS</Text>
        <H2 mb="lg">{translateComponent('Login.welcomeHeader')}</H2>
        {error ? <MessageBox my="lg" variant="danger" message={error.split(' ').length > 1 ? error : translateMessage(error)} /> : null}
        <FormGroup><Label htmlFor="email" required>{translateComponent('Login.properties.email')}</Label><Input id="email" name="email" type="email" autoComplete="username" required width={1} /></FormGroup>
        <FormGroup><Label htmlFor="password" required>{translateComponent('Login.properties.password')}</Label><Input id="password" name="password" type="password" autoComplete="current-password" required width={1} /></FormGroup>
        <Button type="submit" variant="contained" width={1} mt="lg">{translateComponent('Login.loginButton')}</Button>
      </Box>
    </Box>
  );
};
export default Login;
